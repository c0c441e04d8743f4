import type { FurtherOccurrences, Occurrence } from '../further-occurrences.js';
import { PackageReader } from '../ooxml/package-reader.js';
import { readXml } from '../ooxml/xml-reader.js';
import type { Check } from '../redaction-report.js';
import { leaksIn } from '../verification.js';
import { visible } from './paragraph-cut.js';

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

/** Tags at which a line ends. */
const LINES = /^<(?:\/(?:w:p|a:p|w:tc|w:rt|m:oMath)>|(?:w:br|w:cr|w:tab|w:ptab|a:br)[ /])/;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\da-f]+));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Words of a vocabulary, as names of elements and attributes and as what schemas enumerate. */
const VOCABULARY = /^[a-z][A-Za-z0-9]*$/;

/**
 * Looks at a finished document by other means than those that made it: the ZIP is read anew, every XML part is parsed anew,
 * and its text, taken out by dropping tags, and its bytes are searched for what was to be removed.
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
    const xml = part.toString('utf8');
    const count = charactersIn(part);
    isReadable &&= count !== undefined;
    characters += count ?? 0;
    const { text, tags } = takeApart(xml);
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

/** Characters of its text elements; undefined when it is not well formed. */
function charactersIn(part: Uint8Array): number | undefined {
  let count = 0;
  let isText = false;
  try {
    readXml(part, {
      open: (name) => {
        isText = /^[wam]:t$|^w:delText$/.test(name);
      },
      text: (text) => {
        if (isText) count += visible(text);
      },
      close: () => {
        isText = false;
      },
    });
  } catch {
    return undefined;
  }
  return count;
}

/** A part taken apart without a parser: what stands between tags, and the distinct tags. */
function takeApart(xml: string): { text: string; tags: string } {
  const pieces: string[] = [];
  const tags = new Map<string, string>();
  for (let at = 0; at < xml.length; ) {
    const open = xml.indexOf('<', at);
    const close = xml.indexOf('>', open);
    if (open < 0 || close < 0) {
      pieces.push(xml.slice(at));
      break;
    }
    if (open > at) pieces.push(xml.slice(at, open));
    const tag = xml.slice(open, close + 1);
    const separator = tags.get(tag) ?? separatorOf(tag);
    tags.set(tag, separator);
    if (separator !== '') pieces.push(separator);
    at = close + 1;
  }
  return { text: decoded(pieces.join('')), tags: decoded([...tags.keys()].join('\n')) };
}

function separatorOf(tag: string): string {
  if (tag === '<w:noBreakHyphen/>') return '-';
  return LINES.test(tag) ? '\n' : '';
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

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(ENTITY, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
