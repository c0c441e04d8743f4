// A model's process that ends as soon as it is asked.
const process = require('node:process');

process.on('message', () => process.exit(9));
process.send({ kind: 'ready' });
