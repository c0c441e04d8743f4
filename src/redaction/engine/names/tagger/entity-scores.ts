import { isColumnWord } from '../../column-words.js';
import { isPasswordWord } from '../../labels.js';
import type { Scan } from '../../scan.js';
import { isCodeWord, repeatsLabel, standsInCode } from '../code-words.js';
import { KNEE, SURE } from './entity-rules.js';
import { Flag, isNameAndWord, isPlainWord } from './gazetteer.js';
import type { TaggedType } from './labels.js';
import type { ListedEntities } from './listed-entities.js';
import { isDigitShape, Shape, type Tokens } from './tokens.js';

const KNEE_SCORE = 0.4;
const TOP_SCORE = 0.95;
/** What is left of a score where a label or the form speaks against it. */
const AGAINST = 0.4;
const CAPITAL = /\p{Lu}/u;
const YEAR = /^(?:19|20)\d\d$/;

/** Where an entity stands: its first and last token, and the offsets of its text. */
interface Place {
  readonly from: number;
  readonly last: number;
  readonly start: number;
  readonly stop: number;
}

/** Presidio's scale for a likelihood: linear on both sides of the knee. */
export function scoreOfLikelihood(likelihood: number): number {
  const score =
    likelihood < KNEE
      ? (likelihood / KNEE) * KNEE_SCORE
      : KNEE_SCORE + ((likelihood - KNEE) / (1 - KNEE)) * (TOP_SCORE - KNEE_SCORE);
  return Math.round(score * 100) / 100;
}

/** What a score comes to where something beside the tagger speaks against an entity, or for it. */
export class EntityScores {
  #capitals: boolean | undefined;

  constructor(
    private readonly scan: Scan,
    private readonly tokens: Tokens,
    private readonly listed: ListedEntities,
  ) {}

  of(type: TaggedType, likelihood: number, place: Place): number {
    const score = scoreOfLikelihood(likelihood);
    if (type === 'ADDRESS') {
      if (this.listed.hasStreet(place.from, place.last)) return Math.max(score, SURE);
      return this.#isYear(place) || this.#isOfNumber(place) ? against(score) : score;
    }
    return this.#isOther(type, place) ? against(score) : score;
  }

  #isYear({ start, stop }: Place): boolean {
    return stop - start === 4 && YEAR.test(this.scan.text.slice(start, stop));
  }

  /** `4463 6869 7108 3454. Stir it`: groups of a long number begin no address. */
  #isOfNumber({ from }: Place): boolean {
    const { shapes, count } = this.tokens;
    const isDigits = (token: number): boolean =>
      token >= 0 && token < count && isDigitShape(shapes[token] as number);
    return isDigits(from) && (isDigits(from - 1) || (isDigits(from + 1) && isDigits(from + 2)));
  }

  /** A name that is all there is under the label of a thing is that thing's. */
  #isOther(type: TaggedType, { from, last, start, stop }: Place): boolean {
    const { text, labels } = this.scan;
    const isAll = stop - start === text.trim().length;
    if (isAll && from === last && isLabelWord(text.trim().toLowerCase())) return true;
    if (type !== 'PERSON') return false;
    return (isAll && labels.thing) || (from === last && this.#isOfCode(from, start, stop));
  }

  /** Whether one word, by itself, is rather that of a program, or an ordinary one in a text that has capitals. */
  #isOfCode(token: number, start: number, stop: number): boolean {
    const [shape, flags] = [this.tokens.shapes[token] as number, this.tokens.flags[token] as number];
    const isListed = (flags & (Flag.First | Flag.Last)) !== 0;
    if (shape === Shape.Lower) return (!isListed || isPlainWord(flags)) && this.#hasCapitals();
    if (shape === Shape.Capitals && !isListed) return true;
    if (shape === Shape.Camel && isCodeWord(this.scan.text.slice(start, stop))) return true;
    return standsInCode(this.scan.text, start, stop) || repeatsLabel(this.scan.text, start, stop);
  }

  #hasCapitals(): boolean {
    this.#capitals ??= CAPITAL.test(this.scan.text);
    return this.#capitals;
  }
}

/** What stands in a cell of its own and says what another one holds. */
const isLabelWord = (word: string): boolean => isColumnWord(word) || isPasswordWord(word);

export const against = (score: number): number => Math.round(score * AGAINST * 100) / 100;

/** One word of a key says what stands there (`Ward`, `Diagnosis`), unless it is known as a name and as nothing else. */
export function isSureInKey(type: TaggedType, flags: number): boolean {
  if (isPlainWord(flags) || isNameAndWord(flags)) return false;
  if (type === 'PERSON') return (flags & (Flag.First | Flag.Last)) !== 0;
  return type === 'LOCATION' && (flags & (Flag.City | Flag.Country)) !== 0;
}
