import type { FindsIn } from '../../engine/analysis.js';
import { runToEnd } from '../../engine/cooperation.js';
import type { FurtherOccurrences } from '../../engine/occurrences/further-occurrences.js';
import { splice } from '../../engine/splice.js';

const CACHE_SIZE = 50_000;
const LETTER = /\p{L}/u;
const NUMBER = /^[-+]?[\d.]*%?$/;
const DECLARED = /^[-\w.%\s]{1,40}$/;
const SEVERAL_WORDS = /\S\s+\S/;
/** What schemas enumerate: a word that begins in lower case. A value of one plain word may be spelled like it. */
const ENUMERATED = /^[a-z][A-Za-z]*$/;

/** Digits as no style is numbered by. */
const SERIAL = /(?:\d\D{0,2}){6}/;

/**
 * Takes values out of attributes. A value that holds one is replaced as a whole by a name of its own, the same wherever it
 * stands, so that a style and what refers to it still agree.
 */
export class AttributeScrubber {
  readonly #names = new Map<string, string>();
  readonly #verdicts = new Map<string, boolean>();

  /**
   * @param known all that was found in the text
   * @param telling those of it that no vocabulary is spelled like
   * @param placeholder of what is found in text that is shown
   */
  constructor(
    private readonly detector: FindsIn,
    private readonly known: FurtherOccurrences,
    private readonly telling: FurtherOccurrences,
    private readonly placeholder: (type: string, text: string) => string,
  ) {}

  /** How many distinct values were replaced. */
  get replaced(): number {
    return this.#names.size;
  }

  /** Numbers and outlines, in which a detector would see telephone numbers: only what was found elsewhere counts. */
  geometry(value: string): string {
    if (this.telling.find(value).length === 0) return value;
    return this.#name(value, LETTER.test(value) ? '' : '0');
  }

  /** Declarations of VML's styles: those whose value is one word or number, and the font's. */
  style(value: string): string {
    const declarations = value.split(';').filter((declaration) => {
      const [property = '', setting = ''] = declaration.split(':');
      if (property.trim() === 'font-family')
        return this.value(setting.replaceAll(/["']/g, '')) === setting.replaceAll(/["']/g, '');
      return DECLARED.test(property) && DECLARED.test(setting);
    });
    return this.geometry(declarations.join(';'));
  }

  /** Text of elements that hold a number or a word of their vocabulary, or nothing that is kept. */
  content(text: string): string {
    const value = text.trim();
    return (NUMBER.test(value) && this.geometry(value) === value) || ENUMERATED.test(value) ? value : '';
  }

  /** Names of fonts, colours and kinds: many are also names of people, so a lone word or two are none here. */
  value(value: string): string {
    if (ENUMERATED.test(value)) return value;
    return this.#scrub(value, ({ type }) => type !== 'PERSON');
  }

  /** What somebody may have called a style. */
  styleName(value: string): string {
    if (SERIAL.test(value)) return this.#name(value, `Redacted${this.#names.size + 1}`);
    return this.#scrub(value, ({ type }) => type !== 'PERSON' || SEVERAL_WORDS.test(value));
  }

  /** Text that is shown: only what is found in it goes. */
  text(value: string): string {
    const found = [...this.#find(value), ...this.known.find(value)].sort((a, b) => a.start - b.start);
    let free = 0;
    const patches = found.flatMap(({ type, start, end }) => {
      const from = Math.max(start, free);
      if (from >= end) return [];
      free = end;
      return [{ start: from, end, text: this.placeholder(type, value.slice(from, end)) }];
    });
    return patches.length === 0 ? value : splice(value, patches);
  }

  #scrub(value: string, counts: (finding: { type: string }) => boolean): string {
    if (NUMBER.test(value)) return this.geometry(value);
    let verdict = this.#verdicts.get(value);
    if (verdict === undefined) {
      verdict = this.known.find(value).length > 0 || this.#find(value).some(counts);
      if (this.#verdicts.size < CACHE_SIZE) this.#verdicts.set(value, verdict);
    }
    return verdict ? this.#name(value, `Redacted${this.#names.size + 1}`) : value;
  }

  #find(value: string) {
    return runToEnd(this.detector.find({ text: value, labels: [] }));
  }

  #name(value: string, name: string): string {
    const given = this.#names.get(value) ?? name;
    this.#names.set(value, given);
    return given;
  }
}
