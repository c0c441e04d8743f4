import { runToEnd } from '../../cooperation.js';
import { Detector } from '../../detector.js';
import type { JsonValue } from '../../structure/json-event.js';
import type { DataFormat } from '../../structure/open-document.js';
import type { AnonymityOptions } from '../anonymity-options.js';
import { type AnonymousRelease, anonymize } from '../k-anonymity.js';
import type { RandomBytes } from '../noise/exact-bernoulli.js';
import { openTable } from '../tables/open-table.js';
import type { Table } from '../tables/table.js';

export const detector = new Detector({ minScore: 0.4 });

const DEFAULTS: AnonymityOptions = { k: 2, l: 1, sensitive: [], maxSuppression: 0.05 };

export const tableOf = (data: JsonValue, format?: DataFormat, named: readonly string[] = []): Table =>
  runToEnd(openTable(data, format, named));

/** The release of a table under options that differ from the usual ones. */
export function releaseOf(
  data: JsonValue,
  format: DataFormat | undefined,
  options: Partial<AnonymityOptions>,
): AnonymousRelease {
  const settled = { ...DEFAULTS, ...options };
  const table = tableOf(data, format, [...(settled.quasiIdentifiers ?? []), ...settled.sensitive]);
  return runToEnd(anonymize(table, detector, settled, { analysis: { minConfidence: 0.85 }, redaction: {} }));
}

/** The bytes of a table's cells as JSON values, row by row. */
export const rowsOf = (
  data: JsonValue,
  format?: DataFormat,
  named: readonly string[] = [],
): (string | undefined)[][] => tableOf(data, format, named).rows.map((row) => [...row]);

/** Repeatable bytes by xoshiro128** (Blackman, Vigna 2018): for tests, never for noise that leaves the house. */
export class SeededBytes implements RandomBytes {
  readonly #state: Uint32Array;

  constructor(seed: number) {
    this.#state = Uint32Array.from([seed, seed ^ 0x9e3779b9, seed ^ 0x243f6a88, 0xb7e15162]);
    for (let round = 0; round < 64; round++) this.#word();
  }

  next(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at++) bytes[at] = this.#word() >>> 24;
    return bytes;
  }

  #word(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state;
    const turned = Math.imul(b, 5);
    const result = Math.imul((turned << 7) | (turned >>> 25), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    this.#state.set([a ^ fourth, b ^ third, third ^ (b << 9), (fourth << 11) | (fourth >>> 21)]);
    return result;
  }
}
