import { setUp } from './cli/set-up.js';

await setUp();
