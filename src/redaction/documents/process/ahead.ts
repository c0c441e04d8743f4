import { warmTagger } from '../../engine/names/tagger/named-entities.js';
import { loadExtractor } from '../extraction/extractors.js';
import { loadHandler } from '../handlers.js';
import { EXTRACTION } from './document-process.js';

/** Whatever can be loaded before the document is there. A format without a handler is told of when it comes. */
export async function loadAhead(format: string, purpose?: string): Promise<void> {
  if (purpose !== EXTRACTION) warmTagger();
  await (purpose === EXTRACTION ? loadExtractor(format) : loadHandler(format)).catch(() => {});
}
