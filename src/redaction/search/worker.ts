import { parentPort } from 'node:worker_threads';
import { warmLexicon } from '../engine/names/lexicon.js';
import { performSearch } from './perform-search.js';
import type { SearchRequest } from './search-job.js';

// A thread that searches one text after another, so that large ones take no processor from those who answer requests.

warmLexicon();

parentPort?.on('message', (request: SearchRequest) => {
  parentPort?.postMessage(performSearch(request));
});
