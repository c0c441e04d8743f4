/** How a row of samples was told by its neighbours (ISO 32000-1, 7.4.4.4). */
export interface Prediction {
  /** 2: TIFF; 10 and above: PNG, each row by the filter it names. */
  readonly predictor: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
}

/** The samples themselves. A last row that is cut off is left out. */
export function withoutPredictor(bytes: Uint8Array, prediction: Prediction): Uint8Array {
  const pixel = Math.max(1, Math.ceil((prediction.colors * prediction.bits) / 8));
  const row = Math.ceil((prediction.colors * prediction.bits * prediction.columns) / 8);
  if (prediction.predictor === 2) return withoutTiff(bytes, row, pixel, prediction.bits);
  const rows = Math.floor(bytes.length / (row + 1));
  const samples = new Uint8Array(rows * row);
  for (let index = 0; index < rows; index++) {
    const from = index * (row + 1);
    const to = index * row;
    const filter = bytes[from] ?? 0;
    for (let at = 0; at < row; at++) {
      const left = at >= pixel ? (samples[to + at - pixel] ?? 0) : 0;
      const above = index > 0 ? (samples[to + at - row] ?? 0) : 0;
      const corner = index > 0 && at >= pixel ? (samples[to + at - row - pixel] ?? 0) : 0;
      samples[to + at] = (bytes[from + 1 + at] ?? 0) + guess(filter, left, above, corner);
    }
  }
  return samples;
}

function guess(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? paeth(left, above, corner) : 0;
}

/** PNG specification, 9.4. */
function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [byLeft, byAbove, byCorner] = [left, above, corner].map((value) => Math.abs(estimate - value));
  if ((byLeft ?? 0) <= (byAbove ?? 0) && (byLeft ?? 0) <= (byCorner ?? 0)) return left;
  return (byAbove ?? 0) <= (byCorner ?? 0) ? above : corner;
}

function withoutTiff(bytes: Uint8Array, row: number, pixel: number, bits: number): Uint8Array {
  const samples = bytes.slice();
  if (bits !== 8) return samples;
  for (let at = 0; at < samples.length; at++) {
    if (at % row >= pixel) samples[at] = (samples[at] ?? 0) + (samples[at - pixel] ?? 0);
  }
  return samples;
}
