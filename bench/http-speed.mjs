import { Forked } from './forked.mjs';
import { checkRow, decimals, table } from './report.mjs';
import { measureRounds, ROUND_COLUMNS, roundCells, summarize } from './rounds.mjs';
import { DETECT_SAMPLE, PROCESS_SAMPLE } from './samples.mjs';

const DETECT_TARGET = 0.06;

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
        ['route', ...ROUND_COLUMNS],
        figures.map(([name, figure]) => [name, ...roundCells(figure)]),
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
