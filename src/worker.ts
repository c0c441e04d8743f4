import { work } from './cli/work.js';

await work();
