import { classOf, DIGIT, isDigit, isHex, isWord, OTHER, SIGN, UPPER } from './characters.js';
import { DigitGroups } from './digit-groups.js';
import { NamedEntities } from './names/tagger/named-entities.js';
import { recognizeAge } from './recognizers/age.js';
import { recognizeApiKey, recognizeInnerMark } from './recognizers/api-key.js';
import { recognizeAssignment, recognizeConnectionPassword } from './recognizers/assignment.js';
import { recognizeCreditCard } from './recognizers/credit-card.js';
import { recognizeCryptoAddress } from './recognizers/crypto-address.js';
import { recognizeDate } from './recognizers/date-time.js';
import { recognizeEmail } from './recognizers/email-address.js';
import { beginsIban, recognizeIban } from './recognizers/iban.js';
import { Identifiers } from './recognizers/identifiers/identifiers.js';
import { recognizeIpv4, recognizeIpv6 } from './recognizers/ip-address.js';
import { recognizeJsonWebToken } from './recognizers/json-web-token.js';
import { recognizeLabelledLine } from './recognizers/labelled-line.js';
import { recognizeIntroduction } from './recognizers/labelled-value.js';
import { recognizeMac } from './recognizers/mac-address.js';
import { recognizePhone } from './recognizers/phone-number.js';
import { recognizePrivateKey } from './recognizers/private-key.js';
import { recognizeRegionalPhone } from './recognizers/regional-phone.js';
import { recognizeHostname, recognizeUrl } from './recognizers/url.js';
import { recognizeSsn } from './recognizers/us-ssn.js';
import { recognizeWeekday, recognizeWordedDate } from './recognizers/worded-date.js';
import type { Scan } from './scan.js';

const AT = 64;
const COLON = 58;
const EQUALS = 61;
const DOT = 46;
const DASH = 45;
const PLUS = 43;
const SLASH = 47;
const OPEN = 40;
const UNDERSCORE = 95;
const LOWER_E = 101;
const LOWER_N = 110;
const LONGEST_NUMBER = 40;
const SHORTEST_ADDRESS = 26;
const WITH_DIGIT = 1 << DIGIT;
const CAPITALS = 1 << UPPER;

/**
 * The one pass over a text. It stops at signs and at the beginnings of runs of word characters, and calls the
 * recognizers whose shape begins there; they look around in the whole text, so that the borders of a range cut
 * nothing.
 */
export class Scanner {
  readonly #scan: Scan;
  readonly #text: string;
  readonly #groups = new DigitGroups();
  readonly #names: NamedEntities | undefined;
  #named = 0;
  readonly #identifiers: Identifiers;

  constructor(scan: Scan) {
    this.#scan = scan;
    this.#identifiers = new Identifiers(scan);
    this.#text = scan.text;
    this.#names = NamedEntities.isWanted(scan) ? new NamedEntities(scan) : undefined;
  }

  /** Scans from `from` and returns the first position at or behind `to` that has not been looked at. */
  range(from: number, to: number): number {
    const text = this.#text;
    let at = from;
    while (at < to) {
      const kind = classOf(text.charCodeAt(at));
      if (kind === OTHER) at++;
      else if (kind === SIGN) at = this.#sign(text.charCodeAt(at), at);
      else at = this.#run(at, kind);
    }
    this.#scan.steps += at - from;
    while (this.#names !== undefined && this.#named < at) this.#named = this.#names.chunk(this.#named);
    return at;
  }

  #sign(code: number, at: number): number {
    if (code === AT) recognizeEmail(this.#scan, at);
    else if (code === DOT) this.#dot(at);
    else if (code === COLON) this.#colon(at);
    else if (code === EQUALS) this.#assignment(at);
    else if (code === DASH) return this.#dash(at);
    else this.#opening(code, at);
    return at + 1;
  }

  #dot(at: number): void {
    if (at > 0 && isWord(this.#text.charCodeAt(at - 1)) && isWord(this.#text.charCodeAt(at + 1))) {
      recognizeHostname(this.#scan, at);
    }
  }

  #colon(at: number): void {
    const text = this.#text;
    const next = text.charCodeAt(at + 1);
    if (next === SLASH && text.charCodeAt(at + 2) === SLASH) {
      recognizeConnectionPassword(this.#scan, at);
      recognizeUrl(this.#scan, at);
    } else if (next === COLON) {
      const before = at === 0 ? 0 : text.charCodeAt(at - 1);
      if (!isWord(before) && before !== COLON) recognizeIpv6(this.#scan, at);
    } else this.#assignment(at);
  }

  #assignment(at: number): void {
    recognizeAssignment(this.#scan, at);
    recognizeLabelledLine(this.#scan, at);
  }

  #dash(at: number): number {
    if (this.#text.charCodeAt(at + 1) !== DASH || !this.#text.startsWith('-----BEGIN ', at)) return at + 1;
    return recognizePrivateKey(this.#scan, at);
  }

  /** `+` or `(` before a number. */
  #opening(code: number, at: number): void {
    const next = this.#text.charCodeAt(at + 1);
    if (code === PLUS && (isDigit(next) || (next === OPEN && isDigit(this.#text.charCodeAt(at + 2))))) {
      if (at > 0 && isWord(this.#text.charCodeAt(at - 1))) return;
      this.#groups.read(this.#text, at + 1);
      this.#phone();
    } else if (code === OPEN && isDigit(next) && this.#text.charCodeAt(at - 1) !== PLUS) {
      this.#groups.read(this.#text, at);
      this.#phone();
    }
  }

  #run(start: number, firstKind: number): number {
    const text = this.#text;
    let end = start + 1;
    let kind = classOf(text.charCodeAt(end));
    let kinds = 1 << firstKind;
    while (kind !== OTHER && kind !== SIGN && end < text.length) {
      kinds |= 1 << kind;
      kind = classOf(text.charCodeAt(++end));
    }
    if (end - start <= 4) this.#hexRun(start, end);
    if ((kinds & WITH_DIGIT) !== 0 || (kinds === CAPITALS && (end - start === 8 || end - start === 11))) {
      this.#identifiers.run(start, end);
      recognizeInnerMark(this.#scan, start, end);
      if (end - start >= SHORTEST_ADDRESS) recognizeCryptoAddress(this.#scan, start, end);
    }
    if (firstKind === DIGIT) this.#number(start, end, kinds === WITH_DIGIT);
    else this.#word(start, end, firstKind);
    return end;
  }

  /** Up to four hexadecimal digits before a sign may begin an IPv6 or a MAC address. */
  #hexRun(start: number, end: number): void {
    const text = this.#text;
    const after = text.charCodeAt(end);
    if (after !== COLON && after !== DASH && after !== DOT) return;
    for (let at = start; at < end; at++) if (!isHex(text.charCodeAt(at))) return;
    if (end - start === 2 && after !== DOT) recognizeMac(this.#scan, start, 2);
    if (end - start === 4 && after === DOT) recognizeMac(this.#scan, start, 4);
    const before = start === 0 ? 0 : text.charCodeAt(start - 1);
    if (after === COLON && before !== COLON && before !== DOT && before !== UNDERSCORE)
      recognizeIpv6(this.#scan, start);
  }

  #number(start: number, end: number, digitsOnly: boolean): void {
    if (end - start > LONGEST_NUMBER) return;
    const text = this.#text;
    const before = start === 0 ? 0 : text.charCodeAt(start - 1);
    if (before === PLUS) return;
    const inNumber = before === DASH || before === DOT || before === SLASH;
    if (inNumber && start > 1 && isDigit(text.charCodeAt(start - 2))) return;
    const digitsEnd = wordedEnd(text, start, end, digitsOnly);
    recognizeWordedDate(this.#scan, start, digitsEnd);
    recognizeAge(this.#scan, start, digitsEnd);
    if (!digitsOnly && end - start > 4) return;
    this.#groups.read(text, start);
    this.#scan.steps += this.#groups.size;
    recognizeDate(this.#scan, this.#groups);
    if (this.#groups.size < 4) return;
    recognizeIpv4(this.#scan, this.#groups);
    if (this.#groups.size < 7) return;
    recognizeSsn(this.#scan, this.#groups);
    recognizeCreditCard(this.#scan, this.#groups);
    this.#phone();
  }

  #phone(): void {
    recognizePhone(this.#scan, this.#groups);
    recognizeRegionalPhone(this.#scan, this.#groups);
  }

  #word(start: number, end: number, firstKind: number): void {
    const scan = this.#scan;
    const before = start === 0 ? 0 : this.#text.charCodeAt(start - 1);
    const first = this.#text.charCodeAt(start);
    if (before !== UNDERSCORE) {
      recognizeApiKey(scan, start);
      if (first === LOWER_E && this.#text.startsWith('yJ', start + 1)) recognizeJsonWebToken(scan, start);
    }
    if (beginsIban(this.#text, start, end)) recognizeIban(scan, start);
    if (firstKind === UPPER) {
      if (scan.wants('DATE_TIME') && end - start >= 5) recognizeWeekday(scan, start, end);
    }
    if ((first | 32) === LOWER_N && end - start === 4) recognizeIntroduction(scan, start);
  }
}

/** End of the digits that begin a run such as `21st`. */
function wordedEnd(text: string, start: number, end: number, digitsOnly: boolean): number {
  if (digitsOnly) return end;
  let stop = start;
  while (isDigit(text.charCodeAt(stop))) stop++;
  return stop;
}
