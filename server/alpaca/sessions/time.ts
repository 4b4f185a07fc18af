/** `POST /v1/sessions/{id}/time/advance`: moves the session's clock and tells what happened on the way. */
import { advanceRequest } from '../../schema/advance';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { answerToRejection } from '../wire/rejection';
import { eventToWire } from '../wire/event';
import { instant } from '../wire/instant';

/** More is in the log: `GET /v1/sessions/{id}/events`. */
const EVENTS_MAX = 1_000;

export const advanceTime = endpoint({
  method: 'POST',
  path: '/v1/sessions/{session_id}/time/advance',
  authorisation: 'named_session',
  body: advanceRequest,
  run: async ({ host, body: target, by }) => {
    const before = host.read((simulation) => simulation.now);
    const result = await host.execute({ type: 'AdvanceClock', target }, by());
    if (!result.ok) return answerToRejection(result.rejection, host);
    const moved = result.events.find((event) => event.type === 'ClockAdvanced');
    const happened = result.events.filter((event) => event.type !== 'ClockAdvanced');
    return host.read((simulation) => {
      const now = moved?.at ?? simulation.now;
      return ok({
        previous_time: instant(moved?.from ?? before),
        current_time: instant(now),
        new_time: instant(now),
        simulation_end: instant(simulation.configuration.endTime),
        is_completed: simulation.isCompleted,
        bars: moved?.bars ?? 0,
        sequence: result.sequence,
        events: happened.slice(0, EVENTS_MAX).map((event) => eventToWire(simulation, event)),
      });
    });
  },
});
