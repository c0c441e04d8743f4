import { DocumentFailure } from '../../document-failure.js';
import type { DocumentTask } from '../../document-handler.js';
import type { Check } from '../../redaction-report.js';
import { failureOf } from '../failures.js';
import type { Removal, RemovalVerifier } from '../pdf-ports.js';
import { type FilePart, partsOf } from './file-parts.js';
import { Fragments } from './fragments.js';
import { KeptText, LeakSearch } from './leak-search.js';
import { readBySecondEngine } from './second-engine.js';

/** An engine that reads less than this share of what was kept has not looked. */
const LEAST_READ = 0.5;

/** Looks for what was removed in a finished document: by another engine, in its bytes, and in its unfolded streams. */
export class SecondLook implements RemovalVerifier {
  async verify(removal: Removal, task: DocumentTask): Promise<readonly Check[]> {
    try {
      return await looked(removal, task);
    } catch (error) {
      throw failureOf(error, 'REDACTION_UNVERIFIED');
    }
  }
}

async function looked(removal: Removal, { progress }: DocumentTask): Promise<Check[]> {
  const total = removal.kept.length;
  const search = new LeakSearch(removal.values);
  const fragments = new Fragments(removal.values);
  const texts = await readBySecondEngine(removal.bytes, (done) =>
    progress({ stage: 'verifying', done, total }),
  );
  const everything = new KeptText(removal.kept.join('\n'));
  const pages = texts.map((text, index) => ({ text, kept: removal.kept[index] ?? '' }));
  const checks: Check[] = [
    { name: 'page_count', passed: texts.length === total },
    { name: 'text_read', passed: new KeptText(texts.join('\n')).size >= everything.size * LEAST_READ },
    {
      name: 'second_engine',
      passed: pages.every(({ text, kept }) => search.inText(text, new KeptText(kept)).length === 0),
    },
    { name: 'fragments', passed: pages.every(({ text, kept }) => !fragments.areIn(text, kept)) },
  ];
  const leaks = { objects: 0, streams: 0 };
  for (const part of partsOf(removal.bytes)) {
    leaks[partName(part)] += search.inPart(part, everything).length;
  }
  checks.push(
    { name: 'raw_bytes', passed: leaks.objects === 0 },
    { name: 'decoded_streams', passed: leaks.streams === 0 },
  );
  if (checks.some(({ passed }) => !passed)) throw new DocumentFailure('REDACTION_UNVERIFIED');
  return checks;
}

const partName = ({ kind }: FilePart): 'objects' | 'streams' => (kind === 'objects' ? 'objects' : 'streams');
