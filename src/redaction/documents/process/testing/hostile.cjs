// A document's process whose work goes wrong in the way its document's format says.
require('../../../../platform/supervisor/testing/typescript-hook.cjs');
const { guardProcess } = require('../guard.ts');

const guard = guardProcess();

const WAYS = {
  'takes memory': () => {
    const taken = [];
    setInterval(() => taken.push(Buffer.alloc(32 * 1024 * 1024, 1)), 10);
  },
  'is stuck': () => {
    for (;;);
  },
  'goes on for ever': () => setInterval(() => guard.beat(), 20),
  crashes: () => process.abort(),
  leaves: () => process.exit(),
  'answers when asked for a secret': () =>
    process.send({ kind: 'fault', name: Object.keys(process.env).join() || 'Nothing' }),
};

process.once('message', ({ job }) => {
  guard.begin();
  WAYS[job.format]();
});
process.once('disconnect', () => process.exit());
