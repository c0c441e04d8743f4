import { visible } from './paragraph-cut.js';

/** A part of a finished document as it reads when its tags are dropped. */
export interface PlainPart {
  /** What stands between tags, a line for each paragraph and cell. */
  readonly text: string;
  /** The distinct tags, a line each. */
  readonly tags: string;
  /** Of its text elements, white space not counted; undefined when it is not well formed. */
  readonly characters: number | undefined;
}

/** Tags at which a line ends. */
const LINES = /^<(?:\/(?:w:p|a:p|w:tc|w:rt|m:oMath)>|(?:w:br|w:cr|w:tab|w:ptab|a:br)[ /])/;
const TEXTS = /^(?:[wam]:t|w:delText)$/;

const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_.:·-]*';
const REFERENCE = '&(?:amp|lt|gt|quot|apos|#\\d{1,7}|#x[\\dA-Fa-f]{1,6});';
const VALUE = `"[^"&<]*(?:${REFERENCE}[^"&<]*)*"`;
const CLOSE = new RegExp(`^</(${NAME})>$`, 'u');
const OPEN = new RegExp(`^<(${NAME})((?: ${NAME}=${VALUE})*) ?(/?)>$`, 'u');
const ATTRIBUTE = new RegExp(` (${NAME})="[^"]*"`, 'gu');
const ASIDE = /^<(?:\?xml [^<>]*\?|!--(?:(?!--)[^<>])*--)>$/;
const NO_REFERENCE = new RegExp(`&(?!${REFERENCE.slice(1)})`);
/** Characters that XML 1.0 (2.2) knows none of. */
const NO_CHARACTER = /[^\P{Cc}\t\n\r\x7f-\x9f]|[\ufffe\uffff]/u;

const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\da-f]+));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A tag as it is read: once, however often it stands there. */
interface Tag {
  readonly kind: 'open' | 'close' | 'empty' | 'aside' | 'wrong';
  readonly name: string;
  readonly separator: string;
}

const WRONG: Tag = { kind: 'wrong', name: '', separator: '' };

/**
 * Takes a part apart without a parser: by its angle brackets, with the grammar of what our writer writes, which is less than
 * XML allows. Whatever is not in it counts as not well formed.
 */
export function readPlainly(xml: string): PlainPart {
  const tags = new Map<string, Tag>();
  const pieces: string[] = [];
  const open: string[] = [];
  let [characters, roots, isText, isWrong] = [0, 0, false, false];
  for (let at = 0; at < xml.length; ) {
    const start = xml.indexOf('<', at);
    const end = xml.indexOf('>', start);
    if (start !== at) {
      const piece = xml.slice(at, start < 0 ? xml.length : start);
      pieces.push(piece);
      if (isText) characters += visible(decoded(piece));
      else if (open.length === 0 && piece.trim() !== '') isWrong = true;
    }
    if (start < 0 || end < 0) {
      isWrong ||= start >= 0;
      break;
    }
    const whole = xml.slice(start, end + 1);
    let tag = tags.get(whole);
    if (tag === undefined) {
      tag = tagOf(whole);
      tags.set(whole, tag);
    }
    if (tag.separator !== '') pieces.push(tag.separator);
    if (tag.kind === 'open' || tag.kind === 'empty') {
      if (open.length === 0) roots += 1;
      if (tag.kind === 'open') open.push(tag.name);
    } else if (tag.kind === 'close') isWrong ||= open.pop() !== tag.name;
    else isWrong ||= tag.kind === 'wrong';
    isText = tag.kind === 'open' && TEXTS.test(tag.name);
    at = end + 1;
  }
  const written = pieces.join('');
  const text = decoded(written);
  const all = decoded([...tags.keys()].join('\n'));
  const isSound = !isWrong && roots === 1 && open.length === 0 && !NO_REFERENCE.test(written);
  const isXml = isSound && [text, all].every((part) => part.isWellFormed() && !NO_CHARACTER.test(part));
  return { text, tags: all, characters: isXml ? characters : undefined };
}

function tagOf(written: string): Tag {
  const separator = separatorOf(written);
  const close = CLOSE.exec(written);
  if (close) return { kind: 'close', name: close[1] ?? '', separator };
  const open = OPEN.exec(written);
  if (open) {
    const names = [...(open[2] ?? '').matchAll(ATTRIBUTE)].map((match) => match[1]);
    if (new Set(names).size < names.length) return { ...WRONG, separator };
    return { kind: open[3] === '/' ? 'empty' : 'open', name: open[1] ?? '', separator };
  }
  return { ...WRONG, kind: ASIDE.test(written) ? 'aside' : 'wrong', separator };
}

function separatorOf(tag: string): string {
  if (tag === '<w:noBreakHyphen/>') return '-';
  return LINES.test(tag) ? '\n' : '';
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(ENTITY, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\uffff';
  });
}
