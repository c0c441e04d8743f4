// The weights as a TypeScript source: compressed, in lines of base64.
import { brotliCompressSync, constants } from 'node:zlib';

/** The source of `weights.generated.ts` (see `readWeights`). */
export function packWeights({ rows, scale, transitions }) {
  const bytes = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  const moves = Buffer.from(transitions.buffer, transitions.byteOffset, transitions.byteLength).toString(
    'base64',
  );
  return [
    '// Written by training/names/train.mjs. Do not edit.\n',
    `export const SCALE = ${scale};\n`,
    `/** Float32, little-endian, base64. */\nexport const TRANSITIONS =\n  '${moves}';\n`,
    `/** Int8, brotli, base64. */\nexport const ROWS =\n  '${packed.toString('base64')}';\n`,
  ].join('\n');
}
