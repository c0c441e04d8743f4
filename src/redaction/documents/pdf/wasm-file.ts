import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sha256 } from '../../../platform/digest/sha256.js';

/**
 * The bytes of a WebAssembly module that an installed package brings along: all that the handler ever reads from disk.
 * @param file as it would be imported: `package/path.wasm`
 * @param digest SHA-256 of the build that was examined, in hexadecimal
 * @throws Error when another build is installed
 */
export function readWasmFile(file: string, digest: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(file));
  if (sha256(bytes).toString('hex') !== digest) throw new Error(`${file} is not the build that was examined`);
  return new Uint8Array(bytes);
}
