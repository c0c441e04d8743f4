import { isUtf8 } from 'node:buffer';
import type { FurtherOccurrences, Occurrence } from '../../engine/occurrences/further-occurrences.js';
import { PackageReader } from '../ooxml/package-reader.js';
import type { Check } from '../redaction-report.js';
import { leaksIn } from '../verification.js';
import { readPlainly } from './plain-part.js';

/** What the finished document is held against. */
export interface Expected {
  /** Names of all parts. */
  readonly names: readonly string[];
  /** All that was to be removed, and those of it that no vocabulary is spelled like. */
  readonly remnants: FurtherOccurrences;
  readonly telling: FurtherOccurrences;
  readonly placeholders: ReadonlySet<string>;
  /** Of the text that was written, white space not counted. */
  readonly characters: number;
}

/** Words of a vocabulary, as names of elements and attributes and as what schemas enumerate. */
const VOCABULARY = /^[a-z][A-Za-z0-9]*$/;

/**
 * Looks at a finished document by other means than those that made it: the ZIP is read anew, every XML part is read without
 * a parser, and its text and tags are searched for what was to be removed.
 */
export async function verifyDocx(bytes: Uint8Array, expected: Expected): Promise<Check[]> {
  const reader = await PackageReader.open(bytes);
  let [isReadable, isTextClean, areBytesClean, characters] = [true, true, true, 0];
  for (const name of reader.names) {
    const part = await reader.read(name);
    if (!/\.(?:xml|rels)$/.test(name)) {
      areBytesClean &&= isMediumClean(part, expected);
      continue;
    }
    const { text, tags, characters: count } = readPlainly(part.toString('utf8'));
    isReadable &&= count !== undefined && isUtf8(part);
    characters += count ?? 0;
    isTextClean &&= leaksIn(text, expected.remnants, expected.placeholders).length === 0;
    areBytesClean &&= areTagsClean(tags, expected);
  }
  const names = [...reader.names].sort().join('\n');
  return [
    { name: 'parts', passed: names === [...expected.names].sort().join('\n') },
    { name: 'well_formed', passed: isReadable },
    { name: 'text_kept', passed: characters === expected.characters },
    { name: 'plain_text', passed: isTextClean },
    { name: 'raw_bytes', passed: areBytesClean },
  ];
}

function areTagsClean(tags: string, { remnants, telling, placeholders }: Expected): boolean {
  return leaksIn(tags, remnants, placeholders).every(
    (leak) => isVocabulary(tags, leak) && telling.find(spelled(tags, leak)).length === 0,
  );
}

const spelled = (text: string, { start, end }: Occurrence): string => text.slice(start, end);

/** Whether a word of a tag is its name, an attribute's, or alone an attribute's enumerated value. */
const isVocabulary = (tags: string, leak: Occurrence): boolean =>
  VOCABULARY.test(spelled(tags, leak)) && /["=:</ ]/.test(tags.charAt(leak.start - 1));

/** Compressed pixels hold any four letters by chance, so only long values count there. */
function isMediumClean(bytes: Buffer, { telling, placeholders }: Expected): boolean {
  return (['latin1', 'utf16le'] as const).every(
    (encoding) => leaksIn(bytes.toString(encoding), telling, placeholders).length === 0,
  );
}
