import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type KeyPair, MODULUS_BITS } from './ephemeral-key.js';

/**
 * What the thread does. A text, since the sources are compiled to another module system in tests and built elsewhere for
 * production: so there is no file to find. Linux keeps priorities by thread, and so this lowers none but its own;
 * elsewhere it would be the whole process's. The synchronous call holds this thread alone, where the asynchronous one
 * would take one of the process's few at full priority.
 */
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  const { generateKeyPairSync } = require('node:crypto');
  const os = require('node:os');
  if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_LOW);
  parentPort.on('message', (options) => parentPort.postMessage(generateKeyPairSync('rsa', options)));
`;

const OPTIONS = {
  modulusLength: MODULUS_BITS,
  publicExponent: 65_537,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
};

/** Key pairs, each made when it is asked for, in a thread that gives way to all other work; none after the signal. */
export async function* generateKeyPairs(signal: AbortSignal): AsyncGenerator<KeyPair> {
  const thread = new Worker(PROGRAM, { eval: true, execArgv: [], env: {} });
  thread.unref();
  // What goes wrong while nobody waits for a key is of no interest, and must not end the process.
  thread.on('error', () => undefined);
  try {
    while (!signal.aborted) {
      thread.postMessage(OPTIONS);
      const [pair] = await once(thread, 'message', { signal });
      yield { publicKey: Buffer.from(pair.publicKey), privateKey: bufferOver(pair.privateKey) };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    // Not waited for: a key under way cannot be stopped, and its thread ends with it.
    void thread.terminate();
  }
}

/** The same bytes, not a copy: whoever erases one erases both. */
const bufferOver = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
