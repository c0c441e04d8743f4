import { decimals } from './report.mjs';
import { median } from './statistics.mjs';

const WARM_UP_S = 3;

/** A measurement of a server that refuses requests would be one of its refusals. */
function assertClean(name, { ok, answered, errors, statuses }) {
  if (ok > 0 && ok === answered && errors === 0) return;
  throw new Error(`${name}: ${errors} errors, statuses ${JSON.stringify(statuses)}`);
}

/** Puts load on each case in turn, round after round, the first of which only warms up. */
export async function measureRounds(load, cases, { connections, seconds, rounds }) {
  const samples = new Map(cases.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, ...target } of cases) {
      const result = await load.ask({ ...target, connections, seconds: round < 0 ? WARM_UP_S : seconds });
      assertClean(name, result);
      if (round >= 0) samples.get(name).push(result);
    }
  }
  return samples;
}

/** Medians over the rounds, and the ratio to the baseline of the same round. */
export function summarize(samples, baseline) {
  const ratios = samples.map(({ perSecond }, round) => perSecond / baseline[round].perSecond);
  const middle = (figure) => median(samples.map((sample) => sample[figure]));
  return {
    perSecond: middle('perSecond'),
    p50: middle('p50'),
    p99: middle('p99'),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}

export const ROUND_COLUMNS = [
  'requests/s',
  'p50 ms',
  'p99 ms',
  'ratio to bare',
  'ratio, lowest–highest round',
];

export const roundCells = ({ perSecond, p50, p99, ratio, lowest, highest }) => [
  Math.round(perSecond),
  p50 < 1 ? '< 1' : p50,
  p99 < 1 ? '< 1' : p99,
  decimals(ratio, 3),
  `${decimals(lowest, 3)}–${decimals(highest, 3)}`,
];
