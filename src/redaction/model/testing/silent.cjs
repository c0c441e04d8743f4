// A model's process that says it is ready and then answers nothing.
const process = require('node:process');

process.on('message', () => {});
process.send({ kind: 'ready' });
