import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type KeyPair, MODULUS_BITS } from './ephemeral-key.js';

/**
 * What the process does that makes keys: one for every message, at the lowest priority, until nobody is there to ask. A
 * text, since the sources are compiled to another module system in tests: so there is no file to find.
 */
const PROGRAM = `
  const { generateKeyPairSync } = require('node:crypto');
  const os = require('node:os');
  os.setPriority(0, os.constants.priority.PRIORITY_LOW);
  process.on('message', (options) => process.send(generateKeyPairSync('rsa', options)));
  process.on('disconnect', () => process.exit());
`;

const OPTIONS = {
  modulusLength: MODULUS_BITS,
  publicExponent: 65_537,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
};

/**
 * Key pairs, each made when it is asked for, none after the signal. By a process of their own: a thread could not be
 * stopped in the middle of a key, and would hold up the end of its process for seconds where the machine is busy.
 * @throws Error when that process ends by itself
 */
export async function* generateKeyPairs(signal: AbortSignal): AsyncGenerator<KeyPair> {
  const maker = startMaker();
  const ended = new AbortController();
  maker.once('exit', () => ended.abort(new Error('the process that makes keys has ended')));
  maker.on('error', (error) => ended.abort(error));
  const over = AbortSignal.any([signal, ended.signal]);
  try {
    while (!signal.aborted) {
      // What it fails with is told by the maker's own events.
      maker.send(OPTIONS, () => {});
      const [pair] = await once(maker, 'message', { signal: over });
      yield { publicKey: bufferOver(pair.publicKey), privateKey: bufferOver(pair.privateKey) };
    }
  } catch (error) {
    if (!signal.aborted) throw ended.signal.reason ?? error;
  } finally {
    maker.kill('SIGKILL');
  }
}

/** Holds nothing up: neither the child nor the channel to it keeps this process alive. Knows none of its settings. */
function startMaker(): ChildProcess {
  const maker = spawn(process.execPath, ['--eval', PROGRAM], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    env: {},
    windowsHide: true,
  });
  maker.unref();
  maker.channel?.unref();
  return maker;
}

/** The same bytes, not a copy: whoever erases one erases both. */
const bufferOver = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
