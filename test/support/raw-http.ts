import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Whether the server closed the connection. */
  readonly closed: boolean;
}

export const openSocket = (url: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.once('error', reject);
  });

/** Writes everything without reading, then reads until the server closes or falls silent. */
export async function writeThenRead(url: string, bytes: Buffer, silenceMs = 1_500): Promise<RawAnswer> {
  const socket = await openSocket(url);
  socket.pause();
  await new Promise<void>((resolve) => {
    socket.once('error', () => resolve());
    socket.write(bytes, () => resolve());
  });
  return readAnswer(socket, silenceMs);
}

export function readAnswer(socket: Socket, silenceMs: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const end = (closed: boolean): void => {
      socket.destroy();
      resolve(parseAnswer(Buffer.concat(chunks).toString('utf8'), closed));
    };
    socket.setTimeout(silenceMs, () => end(false));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', () => end(true));
    socket.once('close', () => end(true));
    socket.resume();
  });
}

function parseAnswer(text: string, closed: boolean): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = new Headers(
    fields.map((field): [string, string] => {
      const at = field.indexOf(':');
      return [field.slice(0, at), field.slice(at + 1).trim()];
    }),
  );
  return { status: Number(line.split(' ')[1]), headers, text: body.join('\r\n\r\n'), closed };
}
