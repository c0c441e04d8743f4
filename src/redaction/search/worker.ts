import { parentPort } from 'node:worker_threads';
import { warmTagger } from '../engine/names/tagger/named-entities.js';
import { performSearch } from './perform-search.js';
import type { SearchRequest } from './search-job.js';

// A thread that searches one text after another, so that large ones take no processor from those who answer requests.

warmTagger();

parentPort?.on('message', (request: SearchRequest) => {
  parentPort?.postMessage(performSearch(request));
});
