import type { Scan } from '../../scan.js';
import { LISTED_COUNTRY, LISTED_NAME, STREET_AND_NUMBER, SURE } from './entity-rules.js';
import { Flag } from './gazetteer.js';
import { isDigitShape, Shape, type Tokens } from './tokens.js';

const NAMES = Flag.First | Flag.Last;
const STREET =
  /\p{Ll}{2}(?:stra(?:ß|ss)e|weg|gasse|platz|allee|ufer|steig|straat|laan|plein|gracht|kade|gatan|gata|vägen|gränd|veien|vegen|vej|gade|stræde|katu|kuja)$/u;
const LONGEST_HOUSE_NUMBER = 5;

/** People and streets that lists and forms of words tell where the tagger has passed over them or is not sure. */
export class ListedEntities {
  constructor(
    private readonly scan: Scan,
    private readonly tokens: Tokens,
  ) {}

  /** `Ada Lovelace`, and nothing said of her: a given name of the lists and a word that is in no list but those of names. */
  reportName(token: number): void {
    const { starts, ends, shapes } = this.tokens;
    if (!this.scan.wants('PERSON') || this.scan.isKey || this.scan.labels.thing) return;
    if (!this.#isName(token, NAMES) || shapes[token + 1] !== Shape.Capitalised) return;
    const stop = ends[token + 1] as number;
    if (
      !this.#mayBeLast(token + 1) ||
      starts[token + 1] !== (ends[token] as number) + 1 ||
      !this.#endsRun(token + 1)
    )
      return;
    this.scan.note(LISTED_NAME, starts[token] as number, stop, LISTED_NAME.score);
  }

  /** No further capitalised word follows: `Ada Lovelace Building` is none of hers. */
  #endsRun(token: number): boolean {
    const next = token + 1 < this.tokens.count ? (this.tokens.shapes[token + 1] as number) : Shape.None;
    return next !== Shape.Capitalised && next !== Shape.Capitals && next !== Shape.Camel;
  }

  /** `Lindenstraße 14`: words that end as streets do in one word, before a number, whatever the tagger says. */
  reportStreet(token: number): void {
    if (!this.#isStreet(token)) return;
    const { starts, ends } = this.tokens;
    this.scan.note(STREET_AND_NUMBER, starts[token] as number, ends[token + 1] as number, SURE);
  }

  /** Whether such a street stands in an address, which is sure then. */
  hasStreet(from: number, last: number): boolean {
    for (let i = from; i < last; i++) if (this.#isStreet(i)) return true;
    return false;
  }

  #isStreet(token: number): boolean {
    const { starts, ends, shapes, count } = this.tokens;
    const next = token + 1 < count ? (shapes[token + 1] as number) : Shape.None;
    if (shapes[token] !== Shape.Capitalised || !(isDigitShape(next) || next === Shape.Mixed)) return false;
    if ((ends[token + 1] as number) - (starts[token + 1] as number) > LONGEST_HOUSE_NUMBER) return false;
    return STREET.test(this.scan.text.slice(starts[token], ends[token]));
  }

  /** `belarus`: a country that means nothing else, written without its capital. */
  reportCountry(token: number): void {
    const { starts, ends, shapes, flags } = this.tokens;
    if (shapes[token] !== Shape.Lower || flags[token] !== Flag.Country || this.scan.isKey) return;
    this.scan.note(LISTED_COUNTRY, starts[token] as number, ends[token] as number, LISTED_COUNTRY.score);
  }

  /**
   * A given name with a family name behind it is a person where the tagger is not sure that it is something else: better a
   * place called a person than a person passed on as a place. Tells whether there was one.
   */
  reportPeople(from: number, last: number): boolean {
    if (!this.scan.wants('PERSON')) return false;
    let any = false;
    for (let i = from; i < last; i++) {
      if (!this.#isName(i, NAMES | Flag.City) || !this.#mayBeLast(i + 1)) continue;
      const [start, stop] = [this.tokens.starts[i] as number, this.tokens.ends[i + 1] as number];
      this.scan.note({ ...LISTED_NAME, score: SURE }, start, stop, SURE);
      any = true;
    }
    return any;
  }

  /** A capitalised word that no list has, or lists of names alone. */
  #mayBeLast(i: number): boolean {
    return this.#isCapital(i) && ((this.tokens.flags[i] as number) & ~NAMES) === 0;
  }

  /** A capitalised given name that no list has beyond `lists`. */
  #isName(i: number, lists: number): boolean {
    const flags = this.tokens.flags[i] as number;
    return this.#isCapital(i) && (flags & Flag.First) !== 0 && (flags & ~lists) === 0;
  }

  #isCapital(i: number): boolean {
    const shape = this.tokens.shapes[i] as number;
    return shape === Shape.Capitalised || shape === Shape.Capitals;
  }
}
