import { work } from './cli/work.js';

void work();
