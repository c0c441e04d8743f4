// The proofs of the platform services with few trials, all on one cluster a backend: what every test run affords.
import { ensureBuild } from '../bench/machine.mjs';
import { anySeed, createRandom } from '../bench/random.mjs';
import { table } from '../bench/report.mjs';
import { proof as aborts } from './aborts.mjs';
import { proof as batchKills } from './batch-kills.mjs';
import { assertRedis, BACKENDS, lostOf, withCluster } from './frame.mjs';
import { proof as idempotency } from './idempotency.mjs';
import { proof as knowledgeKills } from './knowledge-kills.mjs';
import { proof as limits } from './limits.mjs';
import { proof as memberships } from './memberships.mjs';
import { proof as restores } from './restores.mjs';
import { proof as revocation } from './revocation.mjs';
import { proof as slots } from './slots.mjs';
import { proof as webhooks } from './webhooks.mjs';

const PROOFS = [
  limits,
  revocation,
  memberships,
  slots,
  aborts,
  idempotency,
  restores,
  batchKills,
  knowledgeKills,
  webhooks,
];

/** What webhooks need changes nothing for the others. */
const CLUSTER = { apis: 2, workers: 2, settings: webhooks.cluster.settings };

const proveOn = (backend, seed) =>
  withCluster({ ...CLUSTER, redis: backend === 'redis' }, async (cluster) => {
    const faults = [];
    for (const { name, brief, columns, run, briefBackends = BACKENDS } of PROOFS) {
      if (!briefBackends.includes(backend)) continue;
      const started = performance.now();
      const outcome = await run({
        cluster,
        trials: brief,
        random: createRandom(seed),
        backend,
        isBrief: true,
      });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`\n${backend}, ${name}, ${seconds} s\n${table(columns, outcome.rows)}`);
      faults.push(...outcome.faults.map((fault) => `${backend}, ${name}: ${fault}`));
    }
    return [...faults, ...lostOf(cluster).map((fault) => `${backend}: ${fault}`)];
  });

const seed = process.argv[2] === undefined ? anySeed() : Number(process.argv[2]);
console.log(`Seed: ${seed} (node proofs/in-brief.mjs ${seed} repeats it)`);
assertRedis();
ensureBuild();
const faults = [];
for (const backend of BACKENDS) faults.push(...(await proveOn(backend, seed)));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
