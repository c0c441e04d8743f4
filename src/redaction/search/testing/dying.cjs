// A thread that ends as soon as it is asked.
const { parentPort } = require('node:worker_threads');

parentPort.on('message', () => process.exit(7));
