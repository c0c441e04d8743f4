/** What no other text holds; every canary begins with one of them. */
const VALUE_MARK = 'zaqvorix';
const NAME_MARK = 'zaqfieldor';

/** Numbers that stand in every text beside the canary, with the separators people write and without. */
const NUMBERS = ['536-22-8741', '4539 5787 6362 1486', '+49 30 901820-77431'];

/**
 * The number of a canary. PostgreSQL's compression puts a byte between any eight that it keeps as they are (pg_lzcompress.c):
 * so are the statistics of columns stored, those in clear included.
 */
const NUMBER = '(\\D?\\d\\D?\\d\\D?\\d\\D?\\d\\D?\\d\\D?\\d)?';

/** A canary that was found where none may be. */
export interface Sighting {
  /** Where the request had it. */
  readonly place: string;
  /** What stands around it. */
  readonly around: string;
}

type Kind = 'value' | 'name';

/** The letters of base64 that depend on the mark alone, at each of the three alignments it may have. */
function base64Of(mark: string): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.from(' '.repeat(shift) + mark).toString('base64');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + mark.length) * 8) / 6);
    return text.slice(first, last);
  });
}

const encoded = (mark: string): string[] => [
  ...base64Of(mark),
  Buffer.from(mark).toString('hex'),
  Buffer.from(mark, 'utf16le').toString('latin1'),
];

/** What compression would shorten to less than its digits: runs of one digit, and of two that take turns. */
const COMPRESSIBLE = /(\d)\1\1\1|(\d\d)\2\d/;

const searched = [VALUE_MARK, NAME_MARK].flatMap(encoded);
const digits = NUMBERS.flatMap((number) => [number, number.replaceAll(/\D/g, '')]);

/**
 * Unmistakable words for the place of personal data, secrets and names of fields, each remembering where it was put;
 * and the search for them in anything that should hold none.
 */
export class Canaries {
  private readonly places = new Map<number, string>();
  private number = 123_456;
  private readonly secrets = new Set<string>();

  /** A word of its own for this place. */
  word(place: string, kind: Kind = 'value'): string {
    do this.number += 1;
    while (COMPRESSIBLE.test(String(this.number)));
    this.places.set(this.number, place);
    return `${kind === 'value' ? VALUE_MARK : NAME_MARK}${this.number}q`;
  }

  /** A text with the word as a name, an address and a password, and with numbers of people. */
  text(place: string): string {
    const word = this.word(place);
    return `My name is Maria ${word} Garcia, ${word}@example.com, password: ${word}Pw1!, SSN 536-22-8741, card 4539 5787 6362 1486, phone +49 30 901820-77431`;
  }

  /** Looks for this too, as it is: a key that was handed out. */
  watch(secret: string): void {
    this.secrets.add(secret);
  }

  /** Whether the word in a sighting's place may be there. */
  sightings(
    haystack: string | Buffer,
    allow: (place: string, kind: Kind) => boolean = () => false,
  ): Sighting[] {
    const text = typeof haystack === 'string' ? haystack : haystack.toString('latin1');
    const words = text.matchAll(new RegExp(`(${VALUE_MARK}|${NAME_MARK})${NUMBER}`, 'gi'));
    const plain = [...words].flatMap((match) => {
      const number = match[2]?.replaceAll(/\D/g, '');
      const place = (number === undefined ? undefined : this.places.get(Number(number))) ?? 'unknown';
      const kind = match[1]?.toLowerCase() === VALUE_MARK ? 'value' : 'name';
      return allow(place, kind) ? [] : [{ place, around: surroundings(text, match.index) }];
    });
    const others = [...searched, ...digits, ...this.secrets].flatMap((form) => {
      const index = text.indexOf(form);
      return index < 0 ? [] : [{ place: `as ${form.slice(0, 12)}…`, around: surroundings(text, index) }];
    });
    return [...plain, ...others].slice(0, 20);
  }
}

const surroundings = (text: string, index: number): string =>
  text.slice(Math.max(0, index - 120), index + 60).replaceAll(/[^\x20-\x7e]+/g, '·');
