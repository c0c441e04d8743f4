// npm run bench:large-texts — large texts searched where requests are answered, and in threads of their own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Forked } from './forked.mjs';
import { describeMachine, ensureBuild, ROOT } from './machine.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';

const SEED = 20_261_129;
const SIZES = [0.25, 1, 10, 50];
const MOST_MEMORY = 10;

ensureBuild();
const rows = [];
const memories = [];
for (const size of SIZES) {
  for (const way of ['inline', 'thread']) {
    const probe = new Forked('large-texts-probe.mjs');
    const { entities, ms, stallMs, memory } = await probe.ask({ way, bytes: size * 1e6, seed: SEED });
    if (size === 50) memories.push(memory);
    rows.push([
      size,
      way,
      entities,
      Math.round(ms),
      decimals(size / (ms / 1000), 1),
      Math.round(stallMs),
      decimals(memory, 1),
    ]);
  }
}
const most = Math.max(...memories);
const text = [
  '# Large texts',
  '',
  ...[...describeMachine(), `Seed: ${SEED}`].map((line) => `- ${line}`),
  '',
  'Prose with personal data, each text the first of its process: threads are begun and their code is compiled within the time. ' +
    'Stall: the longest time in which the process that answers requests could do nothing else. Memory: the most that was ' +
    'added while searching, in multiples of the text. What making the text has left free in the process is used again and not counted.',
  '',
  table(['MB', 'way', 'entities', 'ms', 'MB/s', 'stall ms', 'memory'], rows),
  '',
  '## Checks',
  '',
  checkTable([
    checkRow(`50 MB: at most ${MOST_MEMORY} times its size`, decimals(most, 1), most <= MOST_MEMORY),
  ]),
  '',
].join('\n');
console.log(text);
process.exitCode = most <= MOST_MEMORY ? 0 : 1;
writeFileSync(join(ROOT, 'bench', 'results', 'large-texts.md'), text);
