import { brotliDecompressSync } from 'node:zlib';
import { LABEL_COUNT } from './labels.js';
import type { Weights } from './model.js';
import { ROWS, SCALE, TRANSITIONS } from './weights.generated.js';

let weights: Weights | undefined;

/** The weights that come with Redoubt, unpacked once (some 20 ms). */
export function builtInWeights(): Weights {
  weights ??= unpack();
  return weights;
}

function unpack(): Weights {
  const bytes = brotliDecompressSync(Buffer.from(ROWS, 'base64'));
  const moves = Buffer.from(TRANSITIONS, 'base64');
  const transitions = Float32Array.from({ length: LABEL_COUNT ** 2 }, (_, at) => moves.readFloatLE(at * 4));
  return { rows: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), scale: SCALE, transitions };
}
