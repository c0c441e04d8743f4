// The proofs of files, keys and redactions with few trials, on one cluster: what every test run affords.
import { ensureBuild } from '../bench/machine.mjs';
import { anySeed, createRandom } from '../bench/random.mjs';
import { table } from '../bench/report.mjs';
import { lostOf, withCluster } from './frame.mjs';
import { proof as keyRotation } from './key-rotation.mjs';
import { proof as redactions } from './redactions.mjs';
import { afterTheKills, killDuringUploads, proof as uploads } from './uploads.mjs';

const CLUSTER = { apis: 2, workers: 2, redis: false, settings: keyRotation.cluster.settings };

const seed = process.argv[2] === undefined ? anySeed() : Number(process.argv[2]);
console.log(`Seed: ${seed} (node proofs/files-in-brief.mjs ${seed} repeats it)`);
ensureBuild();
const faults = await withCluster(CLUSTER, async (cluster) => {
  const common = { cluster, random: createRandom(seed) };
  const killed = await killDuringUploads({ ...common, backend: 'local', trials: uploads.brief });
  // Keys are rotated while the leases of the killed lapse.
  const rotated = await keyRotation.run({ ...common, backend: 'postgresql', trials: keyRotation.brief });
  const settled = await afterTheKills(killed);
  console.log(`\n${table(uploads.columns, settled.rows)}\n\n${table(keyRotation.columns, rotated.rows)}`);
  const redacted = await redactions.run({ ...common, trials: redactions.brief });
  console.log(`\n${table(redactions.columns, redacted.rows)}`);
  return [...settled.faults, ...rotated.faults, ...redacted.faults, ...lostOf(cluster)];
});
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
