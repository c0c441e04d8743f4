/** Abbreviations that something always follows, so that the point after them ends no sentence: in lower case, without it. */
const JOINING: ReadonlySet<string> = new Set(
  `dr mr mrs ms mx prof messrs mmes hon rev fr gen col maj capt cpt cmdr lt sgt cpl adm gov sen rep pres supt amb vs v
  cf e.g i.e eg ie viz approx ca circa resp incl excl attn tel ref aka a.k.a ing dipl mag`.split(/\s+/),
);

/** Those that join what follows when that is a number. */
const BEFORE_NUMBERS: ReadonlySet<string> = new Set(
  `no nos nr fig figs eq eqs sec sect arts para ch chap vol vols p pp pg pt ver ed bd apt rm ste ext
  jan feb mar apr jun jul aug sep sept oct nov dec`.split(/\s+/),
);

/** Those that may end a sentence: what follows decides. */
const EITHER: ReadonlySet<string> = new Set(
  `inc ltd co corp bros dept univ assn est jr sr esq al st mt ft ave blvd rd hwy bldg ph.d`.split(/\s+/),
);

/** After a time of day, days, months and zones go on. */
const TIME_OF_DAY: ReadonlySet<string> = new Set(['a.m', 'p.m', 'am', 'pm']);
const GOES_ON_AFTER_TIME =
  /^(?:[A-Z]{2,4}\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december)/i;

/** Words that begin sentences and seldom follow an abbreviation as part of a name. */
const OPENERS: ReadonlySet<string> = new Set(
  `the a an this that these those it he she they we you i there here his her its their our your my in on at for from with by to
  of as if when while after before since because although however but and so then thus therefore also please see no not yes
  all each every both some many most what who how why where which do does is are was were once until under during each
  another other such one two next finally first second customers`.split(/\s+/),
);

const INITIAL = /^\p{Lu}$/u;
const ACRONYM = /^(?:\p{L}\.)+\p{L}$/u;

const wordAt = (text: string): string => /^[\p{L}\p{M}'’]+/u.exec(text)?.[0].toLowerCase() ?? '';

/**
 * Whether the point after a word ends a sentence, as far as the word says.
 * @param word what stands before the point, points inside it kept
 * @param next what follows the blanks after it, at least its first word
 */
export function pointEndsSentence(word: string, next: string): boolean {
  const lower = word.toLowerCase();
  if (BEFORE_NUMBERS.has(lower) && /^[#\d]/.test(next)) return false;
  if (JOINING.has(lower)) return false;
  if (TIME_OF_DAY.has(lower)) return !GOES_ON_AFTER_TIME.test(next);
  if (INITIAL.test(word) || ACRONYM.test(word) || EITHER.has(lower)) return OPENERS.has(wordAt(next));
  return true;
}
