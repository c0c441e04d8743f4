import { Rank, type Rule } from '../../rule.js';
import type { Scan } from '../../scan.js';
import { Flag, isNameAndWord, isPlainWord, warmGazetteer } from './gazetteer.js';
import { type Island, islandsOf } from './islands.js';
import { beginOf, insideOf, isInside, OUTSIDE, TAGGED_TYPES, type TaggedType, typeOf } from './labels.js';
import { Model } from './model.js';
import { isDigitShape, Shape, Tokens } from './tokens.js';
import { builtInWeights } from './weights.js';

/** How much labels are favoured over none, in nats: what is as likely as this is looked at; its score decides. */
const FAVOUR = 0.5;
/** From this likelihood on a finding counts by default: leaving a name in costs more than taking a word out. */
const KNEE = 0.3;
const KNEE_SCORE = 0.4;
const TOP_SCORE = 0.95;
/** Stretches longer than this are cut, however they look. */
const LONGEST_ISLAND = 4_096;
/** About how much text is read at a time, and how far behind its end a place to cut is looked for, in characters. */
const CHUNK = 16_384;
const CUT_REACH = 2_048;

const RULES = Object.fromEntries(
  TAGGED_TYPES.map((type) => [
    type,
    { type, recognizer: 'names', rule: 'tagger', score: 0, rank: Rank.Name } satisfies Rule,
  ]),
) as Record<TaggedType, Rule>;

/** Work space of all searches: a chunk is searched without a pause, so no two use it at a time. */
const tokens = new Tokens();
/** An address with its words and numbers, rather than a number in it that looks like a phone's. */
const WHOLE_ADDRESS: Rule = { ...RULES.ADDRESS, rank: Rank.Pattern };
const SURE = 0.6;
const LISTED_NAME: Rule = { ...RULES.PERSON, rule: 'listed-name', score: 0.45 };
const STREET_AND_NUMBER: Rule = { ...RULES.ADDRESS, rule: 'street-and-number', score: 0.6 };
const STREET =
  /\p{Ll}{2}(?:stra(?:ß|ss)e|weg|gasse|platz|allee|ufer|steig|straat|laan|plein|gracht|kade|gatan|gata|vägen|gränd|veien|vegen|vej|gade|stræde|katu|kuja)$/u;
const LONGEST_HOUSE_NUMBER = 5;
const YEAR = /^(?:19|20)\d\d$/;
/** What is left of a score where a label or the form speaks against it. */
const AGAINST = 0.4;
const FULL_STOP = 46;
const LONGEST_TITLE = 5;
/** Postcodes, house and flat numbers with letters in them are shorter; what is longer is a key or another's number. */
const LONGEST_MIXED = 12;
const ABBREVIATIONS = new Set('Jr Sr jr sr Inc Ltd Co Corp Bros Esq'.split(' '));

const NAMES = Flag.First | Flag.Last;

let model: Model | undefined;

/** Unpacks weights and lists ahead of the first search. */
export function warmTagger(): Model {
  if (model === undefined) {
    warmGazetteer();
    model = new Model(builtInWeights());
  }
  return model;
}

/** Presidio's scale for a likelihood: linear on both sides of the knee. */
export function scoreOfLikelihood(likelihood: number): number {
  const score =
    likelihood < KNEE
      ? (likelihood / KNEE) * KNEE_SCORE
      : KNEE_SCORE + ((likelihood - KNEE) / (1 - KNEE)) * (TOP_SCORE - KNEE_SCORE);
  return Math.round(score * 100) / 100;
}

/** Finds people, places, addresses, organizations, groups and titles by the trained tagger, stretch by stretch. */
export class NamedEntities {
  readonly #scan: Scan;
  readonly #text: string;
  readonly #model: Model;

  constructor(scan: Scan) {
    this.#model = warmTagger();
    this.#scan = scan;
    this.#text = scan.text;
  }

  static isWanted(scan: Scan): boolean {
    return TAGGED_TYPES.some((type) => scan.wants(type));
  }

  /** Searches from `from` on and returns where it stopped, at the text's end or a place that cuts no name. */
  chunk(from: number): number {
    const text = this.#text;
    const to = Math.min(text.length, cutBehind(text, from + CHUNK));
    tokens.read(text, from, to);
    this.#scan.steps += to - from;
    for (const island of islandsOf(tokens)) {
      for (let at = island.from; at < island.to; at += LONGEST_ISLAND)
        this.#search({ from: at, to: Math.min(island.to, at + LONGEST_ISLAND) });
    }
    return to;
  }

  #search({ from, to }: Island): void {
    const model = this.#model;
    model.label(tokens, from, to, FAVOUR);
    const count = to - from;
    let weighed = false;
    for (let i = 0; i < count; i++) {
      const label = model.labels[i] as number;
      if (label === OUTSIDE) this.#reportUnseen(from, i, count);
      if (label === OUTSIDE || isInside(label)) continue;
      if (!weighed) model.weigh(count);
      weighed = true;
      let end = i + 1;
      while (end < count && model.labels[end] === insideOf(typeOf(label))) end++;
      this.#report(from, i, end, typeOf(label));
      i = end - 1;
    }
  }

  #report(offset: number, first: number, end: number, kind: number): void {
    const type = TAGGED_TYPES[kind];
    if (type === undefined || !this.#scan.wants(type)) return;
    const likelihood = this.#likelihood(first, end, kind);
    const from = offset + first;
    let last = offset + end - 1;
    while (last > from && this.#isLoose(last)) last--;
    if (type === 'PERSON') last = this.#inOneScript(from, last);
    const start = tokens.starts[from] as number;
    const stop = this.#withFullStop(type, last);
    if (from === last && tokens.shapes[from] === Shape.Mixed && stop - start > LONGEST_MIXED) return;
    const isHeading = this.#scan.isKey && from === last && !isSureInKey(type, tokens.flags[from] as number);
    const score = isHeading
      ? against(scoreOfLikelihood(likelihood))
      : this.#weighed(type, scoreOfLikelihood(likelihood), start, stop);
    if (score < SURE && !isHeading && this.#reportPeople(from, last) && type !== 'PERSON') return;
    const isWhole = type === 'ADDRESS' && score >= SURE && this.#hasWord(from, last);
    this.#scan.note({ ...(isWhole ? WHOLE_ADDRESS : RULES[type]), score }, start, stop, score);
  }

  /** What the tagger has passed over, and lists or forms still tell. */
  #reportUnseen(from: number, i: number, count: number): void {
    this.#reportStreet(from + i);
    if (i + 1 < count && this.#model.labels[i + 1] === OUTSIDE) this.#reportListed(from + i);
  }

  /** `Ada Lovelace`, and nothing said of her: a given name of the lists and a word that is in no list but those of names. */
  #reportListed(token: number): void {
    const { starts, ends } = tokens;
    if (!this.#scan.wants('PERSON') || this.#scan.isKey || this.#scan.labels.thing) return;
    if (!isName(Flag.First, NAMES, token) || tokens.shapes[token + 1] !== Shape.Capitalised) return;
    const stop = ends[token + 1] as number;
    if (
      !mayBeLast(token + 1) ||
      starts[token + 1] !== (ends[token] as number) + 1 ||
      !this.#endsRun(token + 1)
    )
      return;
    this.#scan.note(LISTED_NAME, starts[token] as number, stop, LISTED_NAME.score);
  }

  /** No further capitalised word follows: `Ada Lovelace Building` is none of hers. */
  #endsRun(token: number): boolean {
    const next = token + 1 < tokens.count ? (tokens.shapes[token + 1] as number) : Shape.None;
    return next !== Shape.Capitalised && next !== Shape.Capitals && next !== Shape.Camel;
  }

  /** `Lindenstraße 14`: words that end as streets do in one word, before a number, whatever the tagger says. */
  #reportStreet(token: number): void {
    const { starts, ends, shapes, count } = tokens;
    const next = token + 1 < count ? (shapes[token + 1] as number) : Shape.None;
    if (shapes[token] !== Shape.Capitalised || !(isDigitShape(next) || next === Shape.Mixed)) return;
    const [start, end] = [starts[token] as number, ends[token + 1] as number];
    const isStreet = STREET.test(this.#text.slice(start, ends[token]));
    if (isStreet && end - (starts[token + 1] as number) <= LONGEST_HOUSE_NUMBER)
      this.#scan.note(STREET_AND_NUMBER, start, end, STREET_AND_NUMBER.score);
  }

  /** The geometric mean of the tokens' likelihoods: one doubtful token in a long address makes little of it doubtful. */
  #likelihood(first: number, end: number, kind: number): number {
    let sum = Math.log(this.#model.likelihood(first, beginOf(kind)));
    for (let i = first + 1; i < end; i++) sum += Math.log(this.#model.likelihood(i, insideOf(kind)));
    return Math.exp(sum / (end - first));
  }

  /**
   * A given name with a family name behind it is a person where the tagger is not sure that it is something else: better a
   * place called a person than a person passed on as a place. Tells whether there was one.
   */
  #reportPeople(from: number, last: number): boolean {
    if (!this.#scan.wants('PERSON')) return false;
    let any = false;
    for (let i = from; i < last; i++) {
      if (!isName(Flag.First, NAMES | Flag.City, i) || !mayBeLast(i + 1)) continue;
      const rule = { ...RULES.PERSON, score: SURE };
      this.#scan.note(rule, tokens.starts[i] as number, tokens.ends[i + 1] as number, SURE);
      any = true;
    }
    return any;
  }

  /** A name that is all there is under the label of a thing is that thing's; a year alone is no postcode. */
  #weighed(type: TaggedType, score: number, start: number, stop: number): number {
    const isOther =
      type === 'PERSON'
        ? this.#scan.labels.thing && this.#text.slice(start, stop) === this.#text.trim()
        : type === 'ADDRESS' && stop - start === 4 && YEAR.test(this.#text.slice(start, stop));
    return isOther ? against(score) : score;
  }

  /** The last token before letters of another script, of which no name goes on. */
  #inOneScript(from: number, last: number): number {
    const script = scriptOf(this.#text.charCodeAt(tokens.starts[from] as number));
    for (let i = from + 1; i <= last; i++) {
      const isWord = (tokens.shapes[i] as number) < Shape.Digits;
      if (isWord && scriptOf(this.#text.charCodeAt(tokens.starts[i] as number)) !== script) return i - 1;
    }
    return last;
  }

  /** `Dr.`, `Jr.`, `Inc.`: the full stop of an abbreviation belongs to it. */
  #withFullStop(type: TaggedType, last: number): number {
    const end = tokens.ends[last] as number;
    if (this.#text.charCodeAt(end) !== FULL_STOP) return end;
    const start = tokens.starts[last] as number;
    const isShort =
      type === 'TITLE' ? end - start <= LONGEST_TITLE : ABBREVIATIONS.has(this.#text.slice(start, end));
    return isShort ? end + 1 : end;
  }

  #hasWord(first: number, last: number): boolean {
    for (let i = first; i < last; i++) {
      const shape = tokens.shapes[i] as number;
      if (shape < Shape.Initial && (tokens.ends[i] as number) - (tokens.starts[i] as number) > 2) return true;
    }
    return false;
  }

  /** A line end or a sign at the end of an entity, but for the full stop of an abbreviation. */
  #isLoose(token: number): boolean {
    const { shapes, starts, ends } = tokens;
    const shape = shapes[token] as number;
    if (shape < Shape.Newline) return false;
    if (shape !== Shape.Sign || this.#text.charCodeAt(starts[token] as number) !== FULL_STOP) return true;
    return (ends[token - 1] as number) - (starts[token - 1] as number) > 4;
  }
}

const against = (score: number): number => Math.round(score * AGAINST * 100) / 100;

/** One word of a key says what stands there (`Ward`, `Diagnosis`), unless it is known as a name and as nothing else. */
function isSureInKey(type: TaggedType, flags: number): boolean {
  if (isPlainWord(flags) || isNameAndWord(flags)) return false;
  if (type === 'PERSON') return (flags & (Flag.First | Flag.Last)) !== 0;
  return type === 'LOCATION' && (flags & (Flag.City | Flag.Country)) !== 0;
}

/** A capitalised word that no list has, or lists of names alone. */
function mayBeLast(i: number): boolean {
  const shape = tokens.shapes[i] as number;
  const isCapital = shape === Shape.Capitalised || shape === Shape.Capitals;
  return isCapital && ((tokens.flags[i] as number) & ~NAMES) === 0;
}

/** Whether the list has the capitalised word, and no list beyond `lists`. */
function isName(list: number, lists: number, i: number): boolean {
  const shape = tokens.shapes[i] as number;
  const flag = tokens.flags[i] as number;
  const isCapital = shape === Shape.Capitalised || shape === Shape.Capitals;
  return isCapital && (flag & list) !== 0 && (flag & ~lists) === 0;
}

/** A place to cut at or behind `at`: a blank line, else a line end, else a space. */
function cutBehind(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const reach = text.slice(at, at + CUT_REACH);
  for (const border of ['\n\n', '\n', ' ']) {
    const found = reach.indexOf(border);
    if (found >= 0) return at + found + border.length;
  }
  return at + reach.length;
}

/** Letters of Latin, Greek, Cyrillic and, of the others, about each alphabet by itself. */
function scriptOf(code: number): number {
  if (code < 0x370 || (code >= 0x1e00 && code < 0x1f00)) return 0;
  if (code < 0x400) return 1;
  return code < 0x530 ? 2 : 3 + (code >> 7);
}
