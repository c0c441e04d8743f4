import { parseArgs } from 'node:util';
import { type EchoOptions, EchoServer } from '../echo/echo-server.js';
import { StartError } from '../platform/errors/start-error.js';
import { say, stopSignal } from './serve-until-stopped.js';

const DEFAULT_PORT = 8900;

const OPTIONS = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: String(DEFAULT_PORT) },
  words: { type: 'string', default: '1' },
  delay: { type: 'string', default: '0' },
} as const;

const USAGE = 'redoubt echo [--host 127.0.0.1] [--port 8900] [--words 1] [--delay ms]';

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new StartError(`--${name} must be a whole number from ${least} to ${most}.\n${USAGE}`);
}

/** @throws StartError for what is no option, or no value of one */
export function readEchoOptions(args: readonly string[]): Required<EchoOptions> {
  let values: {
    readonly host: string;
    readonly port: string;
    readonly words: string;
    readonly delay: string;
  };
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS, strict: true }));
  } catch {
    throw new StartError(`That is not how it is called. ${USAGE}`);
  }
  return {
    host: values.host,
    port: wholeNumber('port', values.port, 0, 65_535),
    wordsPerDelta: wholeNumber('words', values.words, 1, 1_000),
    delayMs: wholeNumber('delay', values.delay, 0, 60_000),
  };
}

async function begin(server: EchoServer, { host, port }: Required<EchoOptions>): Promise<string> {
  try {
    return await server.start();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new StartError(`Port ${port} cannot be had on ${host}${code}. Choose another by --port.`);
  }
}

/** Serves the model `echo` until it is told to stop. @throws StartError when it cannot */
export async function echo(args: readonly string[]): Promise<void> {
  const options = readEchoOptions(args);
  const signalled = stopSignal();
  const server = new EchoServer(options);
  const url = await begin(server, options);
  process.stdout.write(
    [
      `The model "echo" is served on ${url}`,
      'It repeats the last message of the user, and keeps what it was sent until it ends:',
      `  curl ${url.replace(/\/v1$/, '')}/received`,
      "Make it a model server of a running Redoubt, with an administrator's key:",
      '  curl http://127.0.0.1:8000/api/v1/configs/upstreams \\',
      '    -H "Authorization: Bearer $(cat data/admin-key)" -H \'Content-Type: application/json\' \\',
      `    -d '{"name":"echo","base_url":"${url}","private":false}'`,
      'Ctrl-C stops it.',
      '',
    ].join('\n'),
  );
  await signalled;
  say('\nStopping …');
  await server.stop();
}
