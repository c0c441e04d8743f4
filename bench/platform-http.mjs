import { Forked } from './forked.mjs';
import { table } from './report.mjs';
import { measureRounds, ROUND_COLUMNS, roundCells, summarize } from './rounds.mjs';
import { DETECT_SAMPLE } from './samples.mjs';

/** More than any round sends; the highest rate that a key may have. */
const PLENTY = 1_000_000;

const BARE = 'bare Fastify, echo';
const RESOURCE = { name: 'bench', type: 'processor', config: { timeout: 30 } };

async function keyWith(cluster, limits) {
  const json = { name: 'bench', scopes: ['*'], plan: 'secureai_enterprise', limits };
  const { status, body } = await cluster.call('POST', '/api/v1/api-keys', { json });
  if (status !== 201) throw new Error(`no key for the bench: ${JSON.stringify(body)}`);
  return body.key;
}

async function casesOf(cluster, bareUrl) {
  const [url] = cluster.urls;
  const detect = { url: `${url}/api/v1/detect`, body: DETECT_SAMPLE, idempotent: false };
  const write = { url: `${url}/api/v1/resources`, body: RESOURCE, key: cluster.key };
  const short = { per_second: PLENTY, burst: PLENTY, per_minute: PLENTY, per_hour: PLENTY };
  const long = { per_day: PLENTY, per_month: PLENTY };
  return [
    { name: BARE, url: `${bareUrl}/echo`, key: cluster.key, body: DETECT_SAMPLE, idempotent: false },
    { name: 'detect, no limits', key: cluster.key, ...detect },
    { name: 'detect, second + minute + hour', key: await keyWith(cluster, short), ...detect },
    { name: 'detect, all windows', key: await keyWith(cluster, { ...short, ...long }), ...detect },
    {
      name: 'detect, all windows and slots',
      key: await keyWith(cluster, { ...short, ...long, concurrent: PLENTY }),
      ...detect,
    },
    { name: 'a write', ...write, idempotent: false },
    { name: 'a write, Idempotency-Key', ...write, idempotent: true },
  ];
}

/** What limits and idempotency cost: requests a second beside a bare Fastify route, in rounds that take turns. */
export async function platformHttp({ cluster, connections, seconds, rounds }) {
  const bare = new Forked('bare-server.mjs');
  const load = new Forked('load.mjs');
  try {
    const { url } = await bare.ask({ key: cluster.key });
    const cases = await casesOf(cluster, url);
    const samples = await measureRounds(load, cases, { connections, seconds, rounds });
    return table(
      ['route', ...ROUND_COLUMNS],
      cases.map(({ name }) => [name, ...roundCells(summarize(samples.get(name), samples.get(BARE)))]),
    );
  } finally {
    await Promise.all([bare.stop(), load.stop()]);
  }
}
