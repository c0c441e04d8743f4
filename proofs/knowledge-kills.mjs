// npm run proof:knowledge — documents of a knowledge base are indexed once each while every part is killed in turn, and
// no two API processes disagree about what can be found.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { insist, PartKiller } from './cluster-parts.mjs';
import { isMain, runProof } from './frame.mjs';
import { proveAgreement } from './knowledge-agreement.mjs';
import { formOf, hitsOf, knowledgeDocuments } from './knowledge-documents.mjs';

/** To each kill: documents that are uploaded while it hits; then, that come and go; and of the former, that are deleted. */
const FULL = { documents: 25, comers: 4, deleted: 12 };
/** A process is started to read each document, so a test affords few. */
const BRIEF = { documents: 4, comers: 1, deleted: 2 };
const LANES = 4;
const SPREAD_MS = 1_200;
const PATIENCE_MS = 900_000;
const PAGE = 100;
const POLL_MS = 250;

const ABOUT = `Two API and two worker processes. Small documents (md, txt, html, csv), each with a word that no other has, are
uploaded into one knowledge base, ${FULL.documents} to a kill and ${LANES} at a time, while kill -9 hits in the midst, in turn: a worker, an API
process, the database server, Redis (append-only file, where there is one), and both workers at once. What was killed is
started again; nothing else is done by hand. An upload whose answer was cut off is sent again, every second one with
its Idempotency-Key. "Under way" were taken or being sent, and not indexed, at the moments of the kills. In the end every
document must be there once and indexed, in its first edition and by one job, with one audit row and one event of each
kind and no grant left; the knowledge base must count them right and be at the revision of that many changes; and each
word must be found, first, once, and cited to its own document, by either API process.

Then ${FULL.comers} documents to a kill come and go, and ${FULL.deleted} of the first ones are deleted, ${LANES} at a time: once an API process says that
one is indexed, and once it has answered a deletion, the very next search of every API process must show that. Each such
answer is a change, each such search a look.`;

async function newBase(cluster, random) {
  const json = { name: `Kill proof ${random.digits(12)}` };
  const { body } = await insist(cluster, 201, 'POST', '/api/v1/knowledge', { json });
  return body.id;
}

/** Uploads documents into one knowledge base until each is taken, and remembers the ids that answers named. */
class Uploads {
  ids = new Map();
  sentAgain = 0;

  constructor(cluster, baseId) {
    Object.assign(this, { cluster, baseId });
  }

  async send(document) {
    const headers = document.number % 2 === 0 ? {} : { 'idempotency-key': `${this.baseId}-${document.name}` };
    const path = `/api/v1/knowledge/${this.baseId}/documents`;
    const answer = await insist(this.cluster, 201, 'POST', path, { form: formOf(document), headers });
    this.ids.set(document.name, answer.body.id);
    this.sentAgain += answer.times - 1;
  }

  async sendAll(documents) {
    const waiting = [...documents];
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.send(next);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }
}

const baseOf = async (cluster, baseId) =>
  (await insist(cluster, 200, 'GET', `/api/v1/knowledge/${baseId}`)).body;

/** @returns how many documents the kills met under way, all kills together */
async function killInTheMidst({ cluster, trials, random, killer, uploads, documents }) {
  const portion = documents.length / trials;
  let underWay = 0;
  for (let kill = 0; kill < trials; kill++) {
    const begun = (kill + 1) * portion;
    const [first, ...others] = documents.slice(begun - portion, begun);
    // A kill before anything was taken in would prove little.
    await uploads.send(first);
    const sending = uploads.sendAll(others);
    // Awaited below; until then a failure must not count as unhandled.
    sending.catch(() => {});
    await sleep(random.below(SPREAD_MS));
    underWay += begun - (await baseOf(cluster, uploads.baseId)).indexed_count;
    await killer.kill(kill);
    await sending;
    if ((kill + 1) % 5 === 0) console.log(`${kill + 1} kills, ${uploads.ids.size} documents taken in`);
  }
  return underWay;
}

async function untilNoneIsUnderWay(cluster, baseId) {
  const path = `/api/v1/knowledge/${baseId}/documents?page_size=1&status=`;
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(POLL_MS)) {
    const uploaded = (await insist(cluster, 200, 'GET', `${path}uploaded`)).body.total;
    const processing = (await insist(cluster, 200, 'GET', `${path}processing`)).body.total;
    if (uploaded + processing === 0) return [];
    if (Date.now() > until)
      return [`${uploaded} documents wait and ${processing} are worked on after ${PATIENCE_MS} ms`];
  }
}

async function listDocuments(cluster, baseId) {
  const listed = [];
  for (let cursor = ''; ; ) {
    const path = `/api/v1/knowledge/${baseId}/documents?page_size=${PAGE}${cursor && `&cursor=${cursor}`}`;
    const { body } = await insist(cluster, 200, 'GET', path);
    listed.push(...body.data);
    if (body.next_cursor === null) return listed;
    cursor = encodeURIComponent(body.next_cursor);
  }
}

/** What the lists and counts that clients see say. */
async function faultsOfLists({ cluster, uploads, documents }) {
  const listed = await listDocuments(cluster, uploads.baseId);
  const faults = documents.flatMap(({ name }) => {
    const [one, ...more] = listed.filter(({ filename }) => filename === name);
    if (!one || more.length > 0) return [`${name} is listed ${one ? more.length + 1 : 0} times`];
    return [
      ...(one.id === uploads.ids.get(name) ? [] : [`${name} is not the document that its upload named`]),
      ...(one.status === 'indexed' ? [] : [`${name} is ${one.status} (${one.error?.code})`]),
    ];
  });
  const strangers = listed.length - documents.length;
  if (strangers !== 0) faults.push(`${listed.length} documents are listed of ${documents.length}`);
  const counts = await baseOf(cluster, uploads.baseId);
  const chunks = listed.reduce((sum, { chunk_count: count }) => sum + count, 0);
  const wanted = { document_count: documents.length, indexed_count: documents.length, chunk_count: chunks };
  for (const [name, count] of Object.entries(wanted))
    if (counts[name] !== count) faults.push(`the knowledge base's ${name} is ${counts[name]}, not ${count}`);
  return faults;
}

const TRACES = `
  SELECT document_id AS id, edition, (grant_id IS NOT NULL)::int AS grants,
         (SELECT count(DISTINCT edition)::int FROM knowledge_texts t WHERE t.document_id = d.document_id) AS texts,
         (SELECT count(*)::int FROM audit_logs WHERE target_id = d.document_id AND action = 'document.uploaded') AS "uploadRows",
         (SELECT count(*)::int FROM audit_logs WHERE target_id = d.document_id AND action = 'document.indexed') AS "indexRows",
         count(e.id) FILTER (WHERE e.name = 'document.uploaded')::int AS "uploadEvents",
         count(e.id) FILTER (WHERE e.name = 'document.indexed')::int AS "indexEvents"
    FROM knowledge_documents d LEFT JOIN events e ON e.data->>'document_id' = d.document_id
   WHERE d.knowledge_base_id = $1 GROUP BY d.document_id`;

/** Of the base as a whole: what was done for a document that is not there would show in no row of a document. */
const SUMS = `
  SELECT (SELECT revision::int FROM knowledge_bases WHERE id = $1) AS revision,
         (SELECT count(*)::int FROM jobs WHERE reference->>'knowledge_base_id' = $1) AS jobs,
         (SELECT count(*)::int FROM events
           WHERE name = 'document.indexed' AND data->>'knowledge_base_id' = $1) AS "events of indexing"`;

const ONCE = {
  edition: 1,
  grants: 0,
  texts: 1,
  uploadRows: 1,
  indexRows: 1,
  uploadEvents: 1,
  indexEvents: 1,
};

/** What each document left behind, as counted in the database: the API shows no editions, grants and events. */
async function faultsOfTraces({ cluster, uploads, documents }) {
  const client = new pg.Client(cluster.databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query(TRACES, [uploads.baseId]);
    const sums = (await client.query(SUMS, [uploads.baseId])).rows[0];
    const wrong = rows.flatMap(({ id, ...traces }) =>
      Object.entries(ONCE)
        .filter(([name, count]) => traces[name] !== count)
        .map(([name, count]) => `${id}: ${name} is ${traces[name]}, not ${count}`),
    );
    const uneven = Object.entries(sums)
      .filter(([, count]) => count !== documents.length)
      .map(([name, count]) => `${name}: ${count} for ${documents.length} documents`);
    return [...wrong, ...uneven];
  } finally {
    await client.end();
  }
}

/** What a search for each word finds, in API processes by turns. */
async function faultsOfSearches({ cluster, uploads, documents }) {
  const faults = [];
  for (const [number, { word, name }] of documents.entries()) {
    const api = number % cluster.urls.length;
    const path = `/api/v1/knowledge/${uploads.baseId}/search`;
    const { status, body } = await cluster.call('POST', path, { json: { query: word, limit: 10 }, api });
    const hits = status === 200 ? hitsOf(body, word) : [];
    if (hits.length !== 1) faults.push(`${name}: its word was found ${hits.length} times (status ${status})`);
    else if (hits[0] !== body.data[0]) faults.push(`${name}: something else came before its own word`);
    else if (hits[0].document_id !== uploads.ids.get(name) || hits[0].filename !== name)
      faults.push(`${name}: its word is cited to ${hits[0].filename}, ${hits[0].document_id}`);
  }
  return faults;
}

async function agree({ cluster, trials, random, uploads, documents }, { comers, deleted }) {
  const going = documents.slice(0, trials * deleted).map((document) => ({
    document,
    id: uploads.ids.get(document.name),
  }));
  const coming = knowledgeDocuments({ from: documents.length, count: trials * comers, random });
  return proveAgreement({ cluster, baseId: uploads.baseId, coming, going });
}

/** @param isBrief whether a test runs it, with fewer documents to a kill */
async function run({ cluster, trials, random, backend, isBrief = false }) {
  const share = isBrief ? BRIEF : FULL;
  const killer = new PartKiller({ cluster, random, backend });
  const documents = knowledgeDocuments({ from: 0, count: trials * share.documents, random });
  const uploads = new Uploads(cluster, await newBase(cluster, random));
  const proven = { cluster, trials, random, uploads, documents };
  const underWay = await killInTheMidst({ ...proven, killer });
  const faults = await untilNoneIsUnderWay(cluster, uploads.baseId);
  if (underWay === 0) faults.push('no kill met a document under way');
  for (const look of [faultsOfLists, faultsOfTraces, faultsOfSearches]) faults.push(...(await look(proven)));
  const agreed = await agree(proven, share);
  const shown = [killer.killed, documents.length, underWay, uploads.sentAgain, faults.length];
  return {
    rows: [[...shown, agreed.changes, agreed.looks, agreed.faults.length]],
    faults: [...faults, ...agreed.faults],
  };
}

export const proof = {
  name: 'knowledge-kills',
  title: 'Knowledge proof',
  unit: `kills, with ${FULL.documents} documents each`,
  trials: 20,
  brief: 3,
  briefBackends: ['postgresql'],
  about: ABOUT,
  cluster: { apis: 2, workers: 2 },
  columns: ['killed', 'documents', 'under way', 'sent again', 'faults', 'changes', 'looks', 'disagreements'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
