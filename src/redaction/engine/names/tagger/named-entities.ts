import type { Scan } from '../../scan.js';
import { edgesOf } from './address-edges.js';
import { FAVOUR, SURE, TAGGED, WHOLE_ADDRESS } from './entity-rules.js';
import { against, EntityScores, isSureInKey, scoreOfLikelihood } from './entity-scores.js';
import { warmGazetteer } from './gazetteer.js';
import { type Island, islandsOf } from './islands.js';
import { beginOf, insideOf, isInside, OUTSIDE, TAGGED_TYPES, typeOf } from './labels.js';
import { ListedEntities } from './listed-entities.js';
import { Model } from './model.js';
import { endOf, isMarkedLine, lastTokenOf } from './span-end.js';
import { Shape, Tokens } from './tokens.js';
import { builtInWeights } from './weights.js';

/** Stretches longer than this are cut, however they look. */
const LONGEST_ISLAND = 4_096;
/** About how much text is read at a time, and how far behind its end a place to cut is looked for, in characters. */
const CHUNK = 16_384;
const CUT_REACH = 2_048;

/** Work space of all searches: a chunk is searched without a pause, so no two use it at a time. */
const tokens = new Tokens();
/** Postcodes, house and flat numbers with letters in them are shorter; what is longer is a key or another's number. */
const LONGEST_MIXED = 12;
let model: Model | undefined;

/** Unpacks weights and lists ahead of the first search. */
export function warmTagger(): Model {
  if (model === undefined) {
    warmGazetteer();
    model = new Model(builtInWeights());
  }
  return model;
}

/** Finds people, places, addresses, organizations, groups and titles by the trained tagger, stretch by stretch. */
export class NamedEntities {
  readonly #scan: Scan;
  readonly #text: string;
  readonly #model: Model;
  readonly #listed: ListedEntities;
  readonly #scores: EntityScores;

  constructor(scan: Scan) {
    this.#model = warmTagger();
    this.#scan = scan;
    this.#text = scan.text;
    this.#listed = new ListedEntities(scan, tokens);
    this.#scores = new EntityScores(scan, tokens, this.#listed);
  }

  static isWanted(scan: Scan): boolean {
    return TAGGED_TYPES.some((type) => scan.wants(type));
  }

  /** Searches from `from` on and returns where it stopped: at the text's end, or at a blank line, a line's end or a space behind. */
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
    for (let i = 0; i < count; i++) {
      const label = model.labels[i] as number;
      if (label === OUTSIDE) {
        this.#listed.reportStreet(from + i);
        this.#listed.reportCountry(from + i);
        if (i + 1 < count && model.labels[i + 1] === OUTSIDE) this.#listed.reportName(from + i);
        continue;
      }
      if (isInside(label)) continue;
      let end = i + 1;
      while (end < count && model.labels[end] === insideOf(typeOf(label))) end++;
      model.weigh(i, end);
      this.#reportLines(from, i, end, typeOf(label));
      i = end - 1;
    }
  }

  /** Lines with a mark before each (`> `, `- `, `• `) are things of their own: the marks are no part of an address. */
  #reportLines(offset: number, first: number, end: number, kind: number): void {
    let start = first;
    for (let i = first + 1; i + 2 < end; i++) {
      if (!isMarkedLine(this.#text, tokens, offset + i)) continue;
      this.#report(offset, start, i, kind);
      start = i + 2;
    }
    this.#report(offset, start, end, kind);
  }

  #report(offset: number, first: number, end: number, kind: number): void {
    const type = TAGGED_TYPES[kind];
    if (type === undefined || !this.#scan.wants(type)) return;
    const likelihood = this.#likelihood(first, end, kind);
    const from = offset + first;
    const last = lastTokenOf(this.#text, tokens, type, from, offset + end - 1);
    const start = tokens.starts[from] as number;
    const stop = endOf(this.#text, tokens, type, last);
    if (from === last && tokens.shapes[from] === Shape.Mixed && stop - start > LONGEST_MIXED) return;
    const isHeading = this.#scan.isKey && from === last && !isSureInKey(type, tokens.flags[from] as number);
    const score = isHeading
      ? against(scoreOfLikelihood(likelihood))
      : this.#scores.of(type, likelihood, { from, last, start, stop });
    if (score < SURE && !isHeading && this.#listed.reportPeople(from, last) && type !== 'PERSON') return;
    if (type === 'ADDRESS' && score >= SURE && this.#hasWord(from, last)) {
      const edges = edgesOf(this.#text, start, stop);
      this.#scan.note({ ...WHOLE_ADDRESS, score }, edges.start, edges.end, score);
    } else this.#scan.note({ ...TAGGED[type], score }, start, stop, score);
  }

  /** The geometric mean of the tokens' likelihoods: one doubtful token in a long address makes little of it doubtful. */
  #likelihood(first: number, end: number, kind: number): number {
    let sum = 0;
    for (let i = first; i < end; i++) {
      const label = isInside(this.#model.labels[i] as number) ? insideOf(kind) : beginOf(kind);
      sum += Math.log(this.#model.likelihood(i, label));
    }
    return Math.exp(sum / (end - first));
  }

  #hasWord(first: number, last: number): boolean {
    for (let i = first; i < last; i++) {
      const shape = tokens.shapes[i] as number;
      if (shape < Shape.Initial && (tokens.ends[i] as number) - (tokens.starts[i] as number) > 2) return true;
    }
    return false;
  }
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
