import { isAlphanumeric, isDigit } from '../../characters.js';
import { findContext } from '../../context.js';
import type { Scan } from '../../scan.js';
import { NearbyWords } from '../nearby-words.js';
import { IDENTIFIERS } from './catalogue.js';
import { type Beginning, DISPATCH, type Entry } from './dispatch.js';
import { recognizeLabelledNumber } from './labelled-number.js';
import { LONGEST_RUN, shapeKey } from './template.js';
import { recognizeStarredLicense, STAR } from './us-driver-license.js';

const CONTEXT_WORDS = new NearbyWords(IDENTIFIERS.flatMap(({ context }) => [...context.keys()]));
const SURE = 0.4;
const LONGEST_LEAD = 4;
const SPACE = 32;
const PLUS = 43;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;

/**
 * Finds numbers of the catalogue around the runs of letters and digits that the scanner stops at: the shape of a run leads to
 * the few forms that can begin so.
 */
export class Identifiers {
  readonly #scan: Scan;
  readonly #text: string;
  readonly #labelled: boolean;
  #nearOf = -1;
  #near = false;

  constructor(scan: Scan) {
    this.#scan = scan;
    this.#text = scan.text;
    this.#labelled = scan.labels.votes.size > 0 || CONTEXT_WORDS.inLabels(scan.labels);
  }

  /** A run of word characters that holds a digit, or is all capitals; letters beyond ASCII part it. */
  run(start: number, end: number): void {
    const text = this.#text;
    let from = start;
    for (let at = start; at < end; at++) {
      if (text.charCodeAt(at) < 128) continue;
      if (at > from) this.#piece(from, at);
      from = at + 1;
    }
    if (end > from) this.#piece(from, end);
  }

  #piece(start: number, end: number): void {
    if (end - start > LONGEST_RUN) return;
    const text = this.#text;
    let changes = 0;
    let firstDigit = isDigit(text.charCodeAt(start)) ? start : -1;
    for (let at = start + 1; at < end; at++) {
      const digit = isDigit(text.charCodeAt(at));
      if (digit !== isDigit(text.charCodeAt(at - 1))) changes++;
      if (digit && firstDigit < 0) firstDigit = at;
    }
    this.#shape(
      start,
      end,
      shapeKey(end - start, firstDigit === start, changes),
      changes === 0 && firstDigit === start,
    );
    if (firstDigit >= 0) recognizeLabelledNumber(this.#scan, start, end);
    if (text.charCodeAt(end) === STAR || text.charCodeAt(start - 1) === STAR)
      recognizeStarredLicense(this.#scan, start);
    if (firstDigit > start + 1 && end - firstDigit >= 6) this.#glued(firstDigit, end, changes - 1);
  }

  #shape(start: number, end: number, shape: number, digitsOnly: boolean): void {
    const whole = DISPATCH.whole[shape];
    if (whole !== undefined && this.#standsFree(start, end, digitsOnly)) {
      for (const { entry } of whole) this.#try(entry, start, end, end);
    }
    const grouped = DISPATCH.grouped[shape];
    if (grouped !== undefined && isJoint(this.#text.charCodeAt(end))) this.#grouped(grouped, start, end);
    this.#led(start, end, shape);
  }

  #grouped(beginnings: readonly Beginning[], start: number, end: number): void {
    const joint = this.#text.charAt(end);
    const digit = isDigit(this.#text.charCodeAt(end + 1));
    const length = runLength(this.#text, end + 1);
    if (length === 0) return;
    for (const { entry, next } of beginnings) {
      if (next === undefined || length < next.min || length > next.max || !next.joints.includes(joint))
        continue;
      if (next.digit === undefined || next.digit === digit) this.#try(entry, start, end);
    }
  }

  /** Forms that begin with a run of letters or two, as in `B AB 1234`. */
  #led(start: number, end: number, shape: number): void {
    const [, one, two] = DISPATCH.led;
    const [ledByOne, ledByTwo] = [one[shape], two[shape]];
    if (ledByOne === undefined && ledByTwo === undefined) return;
    const first = this.#leadBefore(start);
    if (first === start) return;
    for (const { entry } of ledByOne ?? []) this.#try(entry, first, end);
    if (ledByTwo === undefined) return;
    const second = this.#leadBefore(first);
    if (second === first) return;
    for (const { entry } of ledByTwo) this.#try(entry, second, end);
  }

  /** Start of the letters one space or dash before `start`; `start` when there are none or too many. */
  #leadBefore(start: number): number {
    const joint = this.#text.charCodeAt(start - 1);
    if (joint !== SPACE && joint !== DASH) return start;
    let at = start - 1;
    while (at > 0 && isLeadLetter(this.#text.charCodeAt(at - 1)) && start - at <= LONGEST_LEAD) at--;
    const length = start - 1 - at;
    return length === 0 || length > LONGEST_LEAD ? start : at;
  }

  #glued(start: number, end: number, changes: number): void {
    const shape = shapeKey(end - start, true, changes);
    for (const table of [DISPATCH.whole, DISPATCH.grouped]) {
      for (const { entry } of table[shape] ?? []) {
        if (entry.form.glued === true) this.#try(entry, start, end, undefined, true);
      }
    }
  }

  /** No part of a longer number, a decimal, an amount or a dashed series such as a UUID. */
  #standsFree(start: number, end: number, digitsOnly: boolean): boolean {
    const text = this.#text;
    const before = start === 0 ? 0 : text.charCodeAt(start - 1);
    const after = text.charCodeAt(end);
    const next = text.charCodeAt(end + 1);
    if (digitsOnly) {
      if (isInNumber(before) && isDigit(text.charCodeAt(start - 2))) return false;
      if (before === PLUS || isCurrency(before)) return false;
      return !((after === DASH || after === DOT || after === SLASH) && isDigit(next));
    }
    if (before === DASH && isAlphanumeric(text.charCodeAt(start - 2))) return isLabelEnd(text, start - 2);
    return !(after === DASH && isAlphanumeric(next));
  }

  #try(entry: Entry, start: number, runEnd: number, wholeEnd?: number, glued = false): void {
    const scan = this.#scan;
    const { form, template, rule } = entry;
    if (!scan.wants(rule.type)) return;
    const least = scan.leastScore(rule.type);
    const needsContext = form.score < least || form.onlyWithContext === true;
    const contextFirst = needsContext && !scan.explains;
    if (contextFirst && wholeEnd !== undefined && !this.#isNear(start, runEnd)) return;
    const end = this.#matchEnd(entry, start, runEnd, wholeEnd, glued);
    if (end === undefined || (contextFirst && !this.#isNear(start, runEnd))) return;
    const written = this.#text.slice(start, end);
    const compact = template.plainDigits ? written : written.toUpperCase().replaceAll(/[^\p{L}\d]/gu, '');
    if (form.accepts?.(compact) === false) return;
    if (form.checksum?.(compact) === false) scan.reject(rule, start, end, 'checksum');
    else this.#report(entry, start, end, form.lower !== undefined && written !== written.toUpperCase());
  }

  #matchEnd(
    entry: Entry,
    start: number,
    runEnd: number,
    wholeEnd: number | undefined,
    glued: boolean,
  ): number | undefined {
    const { template } = entry;
    if (wholeEnd !== undefined && template.plainDigits) return wholeEnd;
    template.pattern.lastIndex = start;
    if (!template.pattern.test(this.#text)) return undefined;
    const end = template.pattern.lastIndex;
    if (wholeEnd !== undefined) return end === wholeEnd ? end : undefined;
    return end >= runEnd && this.#isFreeGroup(start, end, glued) ? end : undefined;
  }

  /** The borders of a form of several runs. */
  #isFreeGroup(start: number, end: number, glued: boolean): boolean {
    const text = this.#text;
    const before = start === 0 ? 0 : text.charCodeAt(start - 1);
    const after = text.charCodeAt(end);
    if (isAlphanumeric(after) || (!glued && isAlphanumeric(before))) return false;
    if ((before === DASH || before === DOT || before === SLASH) && isAlphanumeric(text.charCodeAt(start - 2)))
      return false;
    if ((after === DASH || after === SLASH) && isAlphanumeric(text.charCodeAt(end + 1))) return false;
    const joint = text.charCodeAt(jointIn(text, start, end));
    if (joint !== SPACE) return true;
    return !(before === SPACE && isDigit(text.charCodeAt(start - 2)) && isDigit(text.charCodeAt(start)));
  }

  #report(entry: Entry, start: number, end: number, isLower: boolean): void {
    const scan = this.#scan;
    const { form, rule, weakRule } = entry;
    const base = isLower ? (form.lower ?? form.score) : form.score;
    const hit =
      rule.context === undefined || !this.#isNear(start, end)
        ? undefined
        : findContext(this.#text, start, end, rule, scan.labels);
    if (form.onlyWithContext === true && hit?.direction !== 1) {
      scan.reject(rule, start, end, hit === undefined ? 'no-context' : 'negative-context', base);
      return;
    }
    const raised = isLower ? Math.min(entry.withContext, Math.max(SURE, base + 0.35)) : entry.withContext;
    const score = hit === undefined ? base : hit.direction === 1 ? raised : Math.max(0.01, base - 0.35);
    scan.note(score < SURE ? weakRule : rule, start, end, score, hit?.word, hit?.place);
  }

  #isNear(start: number, end: number): boolean {
    if (this.#labelled) return true;
    if (this.#nearOf !== start) {
      this.#nearOf = start;
      this.#near = CONTEXT_WORDS.isNear(this.#text, start, end);
    }
    return this.#near;
  }
}

function isJoint(code: number): boolean {
  return code === SPACE || code === DASH || code === SLASH || code === DOT || code === COLON || code === PLUS;
}

function runLength(text: string, start: number): number {
  let end = start;
  while (isAlphanumeric(text.charCodeAt(end))) end++;
  return end - start;
}

function isInNumber(code: number): boolean {
  return code === DASH || code === DOT || code === SLASH || code === COMMA;
}

function isCurrency(code: number): boolean {
  return code === 36 || code === 0xa3 || code === 0xa5 || code === 0x20ac;
}

function isLeadLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122
    ? true
    : code === 0xc4 || code === 0xd6 || code === 0xdc || code === 0xe4 || code === 0xf6 || code === 0xfc;
}

/** A capital beyond F ends a label such as `KVNR-`; what a UUID is made of does not. */
function isLabelEnd(text: string, at: number): boolean {
  return /[G-Zg-z]/.test(text.charAt(at));
}

function jointIn(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (!isAlphanumeric(text.charCodeAt(at))) return at;
  return end;
}
