// npm run proof:aborts — whoever leaves a stream leaves nothing behind: no request, no slot, no timer, no memory.
import { createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMain, runProof } from './frame.mjs';

const LANES = 20;
/** A third of a lease's life: what is free by then was freed, and did not lapse. */
const SETTLE_MS = 20_000;
const POLL_MS = 100;
const PIECE_MS = 5;
/** Longest that a model server may go on for somebody who has left. */
const GONE_MS = 1_000;
/** Timers that come and go by themselves. */
const MORE_TIMERS = 5;
/** Heap that may be left for a thousand streams; what one of them needs while it runs is about as much for ten. */
const MOST_BYTES_A_STREAM = 10_000;

/** When clients leave, after they sent their request, or two of three times after the first text. */
const MOMENTS_MS = [0, 1, 3, 10, 30, 100, 300];

const ABOUT = `Two API processes, a model server whose answers never end, and a key with ${LANES} concurrent requests. Clients begin streams with
personal data and break the connection at a random moment, two of three times in the midst of the answer. Afterwards the model server must have no request open, each ended
within ${GONE_MS} ms of its client; no slot may be taken, and the key must take ${LANES} streams at once again; the processes must hold no more
timers and sockets than before, and their heaps, after garbage has been collected, at most ${MOST_BYTES_A_STREAM} bytes more for each stream.`;

const BODY = JSON.stringify({
  model: 'endless',
  stream: true,
  messages: [{ role: 'user', content: 'Write to John Smith, john@example.com, again and again.' }],
});

const chunk = (content) =>
  `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

/** A model server that talks until it is left. */
async function endlessUpstream() {
  const open = new Set();
  const server = createServer((incoming, response) => {
    incoming.resume();
    if (incoming.method !== 'POST') return response.end('{"object":"list","data":[{"id":"endless"}]}');
    open.add(response);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write(chunk('again ')), PIECE_MS);
    response.once('close', () => {
      clearInterval(timer);
      open.delete(response);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    open,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A stream, and its end: by the client after some milliseconds, or when somebody says so. */
function stream(url, key) {
  const outcome = { status: undefined, begun: false };
  const call = request(`${url}/v1/chat/completions`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  });
  const begun = new Promise((resolve) => {
    call.on('response', (response) => {
      outcome.status = response.statusCode;
      response.once('data', () => {
        outcome.begun = true;
        resolve();
      });
      response.on('error', () => {});
      response.resume();
    });
    call.on('error', () => resolve());
    call.on('close', () => resolve());
  });
  call.end(BODY);
  return { outcome, begun, leave: () => call.destroy() };
}

async function slotsTaken(cluster, key) {
  const { status, body } = await cluster.call('GET', '/api/v1/usage', { key });
  // The request that asks holds a slot of its own.
  return status === 200 ? body.concurrent.used - 1 : `status ${status}`;
}

/** What a process holds: heap after its garbage was collected, as far as load makes it do so; timers and sockets. */
async function holdings(cluster) {
  const processes = [];
  for (const api of cluster.urls.keys()) {
    const heaps = [];
    let figures;
    for (let sample = 0; sample < 12; sample += 1) {
      // Some megabytes of garbage, so that there is a reason to collect it.
      await cluster.call('POST', '/api/v1/detect', {
        api,
        json: { data: 'Nothing to see here. '.repeat(4_000) },
      });
      figures = await metricsOf(cluster, api);
      heaps.push(figures.heap);
    }
    processes.push({ ...figures, heap: Math.min(...heaps) });
  }
  const sum = (name) => processes.reduce((total, figures) => total + figures[name], 0);
  return { heap: sum('heap'), timers: sum('timers'), sockets: sum('sockets') };
}

async function metricsOf(cluster, api) {
  const response = await fetch(`${cluster.urls[api]}/metrics`, {
    headers: { authorization: `Bearer ${cluster.key}` },
  });
  const text = await response.text();
  const figure = (pattern) => Number(pattern.exec(text)?.[1] ?? 0);
  return {
    heap: figure(/^nodejs_heap_size_used_bytes (\S+)/m),
    timers: figure(/^nodejs_active_resources\{type="Timeout"\} (\S+)/m),
    sockets: figure(/^nodejs_active_handles\{type="Socket"\} (\S+)/m),
  };
}

async function fullRow(cluster, key) {
  const streams = Array.from({ length: LANES }, (_, index) => stream(cluster.urls[index % 2], key));
  await Promise.race([Promise.all(streams.map(({ begun }) => begun)), sleep(SETTLE_MS)]);
  const taken = streams.filter(({ outcome }) => outcome.begun).length;
  for (const { leave } of streams) leave();
  return taken;
}

/** Leaves streams in lanes; the longest time that the model server went on for somebody who had left, in milliseconds. */
async function abortMany(cluster, key, upstream, trials, random) {
  let next = 0;
  const counts = { begun: 0 };
  const lane = async () => {
    for (; next++ < trials; ) {
      const { outcome, begun, leave } = stream(cluster.urls[next % cluster.urls.length], key);
      const afterMs = random.pick(MOMENTS_MS);
      if (random.pick([true, true, false])) await begun;
      await sleep(afterMs);
      leave();
      if (outcome.begun) counts.begun++;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const since = performance.now();
  while (upstream.open.size > 0 && performance.now() - since < SETTLE_MS) await sleep(10);
  return { ...counts, goneMs: Math.round(performance.now() - since), open: upstream.open.size };
}

async function keyAndUpstream(cluster, upstream) {
  const limits = { concurrent: LANES };
  const json = { name: 'proof', scopes: ['*'], plan: 'secureai_enterprise', limits };
  const { body } = await cluster.call('POST', '/api/v1/api-keys', { json });
  const server = {
    name: `endless-${Date.now()}`,
    base_url: upstream.baseUrl,
    private: false,
    models: ['endless'],
  };
  const { status } = await cluster.call('POST', '/api/v1/configs/upstreams', { json: server });
  if (status !== 201) throw new Error(`no upstream for the proof: ${status}`);
  // Other processes see it within a second.
  await sleep(1_200);
  return body.key;
}

async function settledSlots(cluster, key) {
  const since = performance.now();
  let taken = await slotsTaken(cluster, key);
  for (; taken !== 0 && performance.now() - since < SETTLE_MS; await sleep(POLL_MS)) {
    taken = await slotsTaken(cluster, key);
  }
  return taken;
}

/** Timers once idle connections, of which a busy machine opens more, have been closed; those that stay are a leak. */
async function settledTimers(cluster, most) {
  const since = performance.now();
  for (;;) {
    const figures = await Promise.all([...cluster.urls.keys()].map((api) => metricsOf(cluster, api)));
    const timers = figures.reduce((total, figure) => total + figure.timers, 0);
    if (timers <= most || performance.now() - since > SETTLE_MS) return timers;
    await sleep(POLL_MS);
  }
}

async function run({ cluster, trials, random }) {
  const upstream = await endlessUpstream();
  try {
    const key = await keyAndUpstream(cluster, upstream);
    // Caches and pools fill first: what stays of the rest is what is looked for.
    await abortMany(cluster, key, upstream, Math.ceil(trials / 5), random);
    await settledSlots(cluster, key);
    const before = await holdings(cluster);
    const { begun, goneMs, open } = await abortMany(cluster, key, upstream, trials, random);
    const taken = await settledSlots(cluster, key);
    const after = await holdings(cluster);
    const timersMore = (await settledTimers(cluster, before.timers + MORE_TIMERS)) - before.timers;
    const again = await fullRow(cluster, key);
    const grown = after.heap - before.heap;
    const allowed = Math.max(trials, 1_000) * MOST_BYTES_A_STREAM;
    const faults = [
      ...(open === 0 && goneMs <= GONE_MS
        ? []
        : [`the model server had ${open} requests open after ${goneMs} ms`]),
      ...(taken === 0 ? [] : [`${taken} slots were still taken`]),
      ...(again === LANES ? [] : [`only ${again} of ${LANES} streams at once were taken afterwards`]),
      ...(timersMore <= MORE_TIMERS ? [] : [`${timersMore} timers more than before`]),
      ...(grown <= allowed ? [] : [`the heaps grew by ${grown} bytes`]),
    ];
    const megabytes = (grown / 2 ** 20).toFixed(1);
    return {
      rows: [[trials, begun, open, goneMs, taken, timersMore, megabytes, again]],
      faults,
    };
  } finally {
    upstream.stop();
  }
}

export const proof = {
  name: 'aborts',
  title: 'Aborted streams',
  unit: 'aborted streams',
  trials: 1_000,
  brief: 40,
  // What is shared among processes is slots, and these have a proof of their own on both.
  briefBackends: ['postgresql'],
  about: ABOUT,
  cluster: { apis: 2, workers: 0 },
  columns: [
    'streams begun and left',
    'after the first text',
    'open at the model server',
    'after ms',
    'slots taken',
    'timers more',
    'heap more, MiB',
    'taken at once again',
  ],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
