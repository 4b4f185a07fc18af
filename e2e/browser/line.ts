/** A line between page and server that a test can cut or let go silent: the browser's own offline switch spares open streams. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

type State = 'open' | 'cut' | 'silent';

export interface Line {
  readonly origin: string;
  /** Ends all connections and refuses new ones. */
  cut(): void;
  /** Keeps all connections and lets nothing through, as a dead network does. */
  silence(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function openLine(serverPort: number): Promise<Line> {
  let state: State = 'open';
  const sockets = new Set<Socket>();
  const drop = (): void => sockets.forEach((socket) => socket.destroy());

  const line = createServer((near) => {
    keep(near);
    if (state === 'cut') near.destroy();
    if (state !== 'open') return;
    const far = connect(serverPort, '127.0.0.1');
    keep(far);
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };

  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const { port } = line.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    cut: () => {
      state = 'cut';
      drop();
    },
    silence: () => {
      state = 'silent';
      sockets.forEach((socket) => socket.unpipe().pause());
    },
    restore: () => {
      state = 'open';
      drop();
    },
    close: () => {
      drop();
      return new Promise((resolve) => line.close(() => resolve()));
    },
  };
}
