// A thread that is busy for ever once it is asked.
const { parentPort } = require('node:worker_threads');

parentPort.on('message', () => {
  for (;;);
});
