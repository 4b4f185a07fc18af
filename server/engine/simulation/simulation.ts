/** The simulation: commands in, events out. Same state, tape and commands give the same events, always. */
