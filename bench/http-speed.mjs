import { Forked } from './forked.mjs';
import { checkRow, decimals, table } from './report.mjs';
import { DETECT_SAMPLE, PROCESS_SAMPLE } from './samples.mjs';
import { median } from './statistics.mjs';

const WARM_UP_S = 3;
const DETECT_TARGET = 0.06;

/** A measurement of a server that refuses requests would be one of its refusals. */
function assertClean(name, { ok, answered, errors, statuses }) {
  if (ok > 0 && ok === answered && errors === 0) return;
  throw new Error(`${name}: ${errors} errors, statuses ${JSON.stringify(statuses)}`);
}

async function measureRounds(load, cases, { connections, seconds, rounds }) {
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
function summarize(samples, baseline) {
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

const rowOf = (name, { perSecond, p50, p99, ratio, lowest, highest }) => [
  name,
  Math.round(perSecond),
  p50 < 1 ? '< 1' : p50,
  p99 < 1 ? '< 1' : p99,
  decimals(ratio, 3),
  `${decimals(lowest, 3)}–${decimals(highest, 3)}`,
];

const BARE = 'bare Fastify, echo';
const DETECT = 'POST /v1/detect';

/** Requests a second of a Redoubt beside a bare Fastify route, in rounds that alternate between them. */
export async function httpSpeed({ server, connections, seconds, rounds }) {
  const bare = new Forked('bare-server.mjs');
  const load = new Forked('load.mjs');
  try {
    const { url, key } = server;
    const { url: bareUrl } = await bare.ask({ key });
    const cases = [
      { name: BARE, url: `${bareUrl}/echo`, key, body: DETECT_SAMPLE },
      { name: DETECT, url: `${url}/v1/detect`, key, body: DETECT_SAMPLE },
      { name: 'POST /v1/process', url: `${url}/v1/process`, key, body: PROCESS_SAMPLE },
    ];
    const samples = await measureRounds(load, cases, { connections, seconds, rounds });
    const figures = cases.map(({ name }) => [name, summarize(samples.get(name), samples.get(BARE))]);
    const { ratio } = Object.fromEntries(figures)[DETECT];
    return {
      text: table(
        ['route', 'requests/s', 'p50 ms', 'p99 ms', 'ratio to bare', 'ratio, lowest–highest round'],
        figures.map(([name, figure]) => rowOf(name, figure)),
      ),
      checks: [
        checkRow(
          `detect: at least ${DETECT_TARGET} of a bare Fastify route`,
          decimals(ratio, 3),
          ratio >= DETECT_TARGET,
        ),
      ],
    };
  } finally {
    await Promise.all([bare.stop(), load.stop()]);
  }
}
