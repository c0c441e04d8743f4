import { setUp } from './cli/set-up.js';

void setUp();
