// npm run proof:restores — an environment is brought back exactly to what it was, at any of its revisions and at any instant,
// and of two who change the same thing at once one is told.
import { isMain, runProof } from './frame.mjs';
import { Model } from './restores-model.mjs';

const LANES = 4;
const MOST_VARIABLES = 40;

const ABOUT = `Two API processes on one database, ${LANES} environments at a time. Each operation makes, changes, renames or
deletes a variable, sets or imports several, destroys an old version, or restores the environment to a random revision or
instant; the model beside it knows what must come of it. After each operation the environment is read and compared with the
model: keys, values, notes, tags, reminders and, after a restore, the variables' ids. Where a version that held then was destroyed
the restore must be refused, and name the keys. Differences between random revisions are compared too. Every tenth change is
sent to both processes at once with the same If-Match: one must succeed and the other be refused with 412.`;

const ALPHABET = ['a', 'Z', '7', ' ', '\n', '"', "'", '\\', '$', '#', '=', 'é', '🔑', '\t', '`'];

const textOf = (random, most) =>
  Array.from({ length: random.below(most) }, () => random.pick(ALPHABET)).join('');

/** One environment, the model of it, and everything that can be done to both. */
class Lane {
  faults = [];
  model = new Model();
  restores = 0;
  refused = 0;
  conflicts = 0;

  constructor(cluster, random, environment) {
    Object.assign(this, { cluster, random, environment });
    this.path = `/api/v1/environments/${environment}`;
  }

  call(method, path, options) {
    return this.cluster.call(method, path, { api: this.random.below(this.cluster.urls.length), ...options });
  }

  async must(method, path, options, expected) {
    const { status, body } = await this.call(method, path, options);
    if (status !== expected)
      throw new Error(
        `${method} ${path}: ${status} ${body?.error?.code ?? ''} ${body?.error?.message ?? ''}`,
      );
    return body;
  }

  async list() {
    const { data } = await this.must('GET', `${this.path}/variables?page_size=100`, {}, 200);
    return data;
  }

  /** Reads what is there, compares, and notes it as the next revision where there is one. */
  async settle(what, isRight) {
    const { revision, revised_at } = await this.must('GET', this.path, {}, 200);
    const listed = await this.list();
    if (!isRight(listed)) this.faults.push(`${this.environment} after ${what}, revision ${revision}`);
    if (revision === this.model.revision + 1) this.model.commit(listed, revised_at);
    else if (revision !== this.model.revision)
      this.faults.push(`${this.environment} after ${what}: revision ${revision} for ${this.model.revision}`);
  }

  freeKey() {
    const taken = this.model.keys;
    for (;;) {
      const key = `${this.random.pick(['A', 'b_', '_C'])}${this.random.below(200)}`;
      if (!taken.has(key)) return key;
    }
  }

  draft() {
    const { random } = this;
    return {
      value: textOf(random, 30),
      note: random.below(2) ? null : textOf(random, 10),
      tags: random.below(3) ? [] : ['one', 'two'].slice(random.below(2)),
      rotate: random.below(3) ? null : 1 + random.below(90),
    };
  }

  anyVariable() {
    return this.random.pick([...this.model.variables.entries()]);
  }

  /** The variables as they are to be after a change of one. */
  expecting(id, after) {
    const others = [...this.model.variables].filter(([other]) => other !== id).map(([, one]) => one);
    return (listed) => Model.isAs(listed, after ? [...others, after] : others);
  }

  async create() {
    const one = { key: this.freeKey(), ...this.draft() };
    const { rotate, ...rest } = one;
    const json = { environment_id: this.environment, ...rest, rotate_every_days: rotate };
    await this.must('POST', '/api/v1/variables', { json }, 201);
    await this.settle('a creation', this.expecting(undefined, one));
  }

  async change() {
    const [id, current] = this.anyVariable();
    const next = { ...current, ...this.draft(), ...(this.random.below(4) === 0 && { key: this.freeKey() }) };
    const json = { key: next.key, value: next.value, note: next.note, tags: next.tags };
    const path = `/api/v1/variables/${id}`;
    const body = { json: { ...json, rotate_every_days: next.rotate } };
    if (this.random.below(10) === 0) await this.changeTwice(path, body, current.version);
    else await this.must('PATCH', path, body, 200);
    await this.settle('a change', this.expecting(id, next));
  }

  /** Both processes are sent the same change of the same version: the second must be told that it comes late. */
  async changeTwice(path, body, version) {
    const headers = { 'if-match': `"${version}"` };
    const json = { ...body.json, value: `${body.json.value}!` };
    const [first, second] = await Promise.all([
      this.cluster.call('PATCH', path, { json, headers, api: 0 }),
      this.cluster.call('PATCH', path, { json, headers, api: 1 % this.cluster.urls.length }),
    ]);
    const statuses = [first.status, second.status].sort().join(' ');
    if (statuses !== '200 412') this.faults.push(`${path}: two changes at once answered ${statuses}`);
    this.conflicts += 1;
    await this.settle('two changes at once', () => true);
    await this.must('PATCH', path, body, 200);
  }

  async remove() {
    const [id] = this.anyVariable();
    await this.must('DELETE', `/api/v1/variables/${id}`, {}, 204);
    await this.settle('a deletion', this.expecting(id, undefined));
  }

  /** Several at once, some of them there already. */
  several() {
    const known = [...this.model.variables.values()].filter(() => this.random.below(4) === 0);
    const fresh = new Set(Array.from({ length: 1 + this.random.below(3) }, () => this.freeKey()));
    return new Map([...known.map(({ key }) => key), ...fresh].map((key) => [key, textOf(this.random, 20)]));
  }

  /** What is there once keys have these values, and nothing else about them is changed. */
  withValues(values) {
    const all = new Map([...this.model.variables.values()].map((one) => [one.key, one]));
    for (const [key, value] of values)
      all.set(key, { note: null, tags: [], rotate: null, ...all.get(key), key, value });
    return [...all.values()];
  }

  async set() {
    const values = this.several();
    const gone = [...this.model.keys].filter((key) => !values.has(key) && this.random.below(6) === 0);
    const variables = [...values].map(([key, value]) => ({ key, value }));
    await this.must('PUT', `${this.path}/variables`, { json: { variables, remove: gone } }, 200);
    const expected = this.withValues(values).filter(({ key }) => !gone.includes(key));
    await this.settle('setting several', (listed) => Model.isAs(listed, expected));
  }

  async import() {
    const values = this.several();
    const json = { data: JSON.stringify(Object.fromEntries(values)), format: 'json' };
    await this.must('POST', `${this.path}/import`, { json }, 200);
    await this.settle('an import', (listed) => Model.isAs(listed, this.withValues(values)));
  }

  async destroy() {
    const [id, { version }] = this.anyVariable();
    if (version === 1) return;
    const old = 1 + this.random.below(version - 1);
    await this.must('DELETE', `/api/v1/variables/${id}/versions/${old}`, {}, 204);
    this.model.destroyed.add(`${id}/${old}`);
    await this.settle('a destruction', (listed) => Model.isSame(listed, this.model.variables));
  }

  /** A revision, or the instant at which it came, or the last one before the next came. */
  pointOf(revision) {
    const { at } = this.model.past[revision];
    const next = this.model.past[revision + 1]?.at;
    if (this.random.below(2) === 0 || at === undefined) return String(revision);
    return this.random.below(2) === 0 || next === undefined
      ? at
      : new Date(Date.parse(next) - 1).toISOString();
  }

  async restore() {
    const revision = this.random.below(this.model.revision + 1);
    const lost = this.model.lostAt(revision);
    const json = { at: this.pointOf(revision), reason: 'A proof' };
    const { status, body } = await this.call('POST', `${this.path}/restore`, { json });
    if (lost.length > 0) {
      this.refused += 1;
      const isNamed = lost.length > 10 || lost.every((key) => body.error.message.includes(key));
      if (status !== 422 || !isNamed) this.faults.push(`${this.path}: ${status} for what was destroyed`);
      return;
    }
    this.restores += 1;
    if (status !== 200 || body.restored_revision !== revision)
      throw new Error(`restore to ${json.at}, revision ${revision}: ${status} ${JSON.stringify(body)}`);
    const { variables } = this.model.past[revision];
    await this.settle(`a restore to ${json.at}`, (listed) => Model.isSame(listed, variables));
  }

  async compare() {
    const [from, to] = [0, 0].map(() => this.random.below(this.model.revision + 1));
    const { differences } = await this.must('GET', `${this.path}/diff?from=${from}&to=${to}`, {}, 200);
    const found = differences.map(({ variable_id, change }) => `${variable_id} ${change}`).sort();
    if (JSON.stringify(found) !== JSON.stringify(this.model.differences(from, to)))
      this.faults.push(`${this.path}: differences of ${from} and ${to}`);
  }

  /** Any operation that the environment allows now. */
  next() {
    const { size } = this.model.variables;
    if (size === 0) return this.create();
    const frequent = ['change', 'change', 'restore', 'set', 'import', 'compare', 'destroy', 'remove'];
    return this[
      this.random.pick(size < MOST_VARIABLES ? ['create', ...frequent] : ['remove', ...frequent])
    ]();
  }
}

async function run({ cluster, trials, random }) {
  const lanes = [];
  let begun = 0;
  const work = async (number) => {
    const name = `proof-${number}-${random.below(1_000_000_000)}`;
    const { status, body } = await cluster.call('POST', '/api/v1/environments', { json: { name } });
    if (status !== 201) throw new Error(`POST environments: ${status} ${JSON.stringify(body)}`);
    const lane = new Lane(cluster, random, body.id);
    lanes.push(lane);
    try {
      while (begun < trials) {
        begun += 1;
        if (begun % 1000 === 0) console.log(`${begun} operations`);
        await lane.next();
      }
    } catch (error) {
      lane.faults.push(`${lane.environment}: ${error.message}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => work(number)));
  const sum = (name) => lanes.reduce((total, lane) => total + lane[name], 0);
  const faults = lanes.flatMap((lane) => lane.faults);
  const revisions = lanes.reduce((total, { model }) => total + model.revision, 0);
  const counts = [sum('restores'), sum('refused'), sum('conflicts')];
  return { rows: [[trials, revisions, ...counts, faults.length]], faults };
}

export const proof = {
  name: 'restores',
  title: 'Restores proof',
  unit: 'operations on environments',
  trials: 10_000,
  brief: 100,
  briefBackends: ['postgresql'],
  about: ABOUT,
  backends: ['postgresql'],
  cluster: { apis: 2, workers: 0 },
  columns: ['operations', 'revisions', 'restores', 'refused ones', 'changes at once', 'violations'],
  run,
};

if (isMain(import.meta.url)) await runProof(proof);
