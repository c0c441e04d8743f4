import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const POLL_MS = 250;
/** No answer, one under way elsewhere, or a part that is down just now: all pass. */
const PASSING = [0, 409, 500, 503];

/** Parts of a cluster by name: each is killed (SIGKILL) and at once started again. */
const PARTS = {
  async worker(cluster, random) {
    const worker = random.pick(cluster.workers);
    await worker.kill();
    await worker.start();
  },
  async api(cluster, random) {
    const api = random.pick(cluster.apis);
    await api.kill();
    await api.start();
  },
  async database(cluster) {
    await cluster.killDatabase();
    await cluster.startDatabase();
  },
  async redis(cluster) {
    await cluster.redis.kill();
    await cluster.redis.start();
  },
  async 'both workers'(cluster) {
    await Promise.all(cluster.workers.map((worker) => worker.kill()));
    for (const worker of cluster.workers) await worker.start();
  },
};

/** Kills the parts that a backend has, in turn, and counts how often each was killed. */
export class PartKiller {
  #cluster;
  #random;
  #kills;

  constructor({ cluster, random, backend }) {
    const names = Object.keys(PARTS).filter((name) => name !== 'redis' || backend === 'redis');
    this.#cluster = cluster;
    this.#random = random;
    this.#kills = new Map(names.map((name) => [name, 0]));
  }

  async kill(number) {
    const names = [...this.#kills.keys()];
    const name = names[number % names.length];
    await PARTS[name](this.#cluster, this.#random);
    this.#kills.set(name, this.#kills.get(name) + 1);
  }

  /** As tables say it. */
  get killed() {
    return [...this.#kills].map(([name, count]) => `${count} × ${name}`).join(', ');
  }
}

/**
 * Repeats a call, at one process after the other, until it is answered as wanted.
 * @returns the answer, and as `times` how often it was asked
 * @throws Error for an answer that does not pass, or when none is as wanted for two minutes
 */
export async function insist(cluster, status, method, path, options) {
  const until = Date.now() + PATIENCE_MS;
  for (let times = 1; ; times++) {
    const api = (times - 1) % cluster.urls.length;
    const answer = await cluster.call(method, path, { ...options, api }).catch(() => ({ status: 0 }));
    if (answer.status === status) return { ...answer, times };
    if (!PASSING.includes(answer.status) || Date.now() > until)
      throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    await sleep(POLL_MS);
  }
}
