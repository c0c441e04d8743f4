/** Beginnings behind which names go on with a capital: McCoy, DeVito, VanHouten. */
const NAME_BEGINNING =
  /^(?:Mac|Mc|O['’]|D['’]|De|Di|Du|Da|La|Le|Lo|Van|Von|Fitz|St|San|Ja|Ke|Ta|Ma|El|Al|Ibn|Ben)\p{Lu}\p{Ll}+$/u;
const INNER_CAPITAL = /\p{Ll}\p{Lu}/u;
const MEMBER = /\p{L}\.\p{L}{2}/u;
/** What follows the name of a function, a list or a type at once, or of an object before its member. */
const CODE_BEHIND = /^(?:[([<]|\.\p{Ll})/u;
const CODE_BEFORE = /[\p{L}\d_$@]$|[.$<]$/u;

/** `dataDir`, `ReadonlyMap`, `user.lastName`: written as names in programs are, and as no person's. */
export const isCodeWord = (word: string): boolean =>
  MEMBER.test(word) || (INNER_CAPITAL.test(word) && !NAME_BEGINNING.test(word));

/** Whether signs of a program stand at either side of a word: `Math.max`, `Param('id')`, `<Palette>`. */
export const standsInCode = (text: string, start: number, end: number): boolean =>
  CODE_BEHIND.test(text.slice(end, end + 2)) || CODE_BEFORE.test(text.slice(Math.max(0, start - 1), start));

/** `palette: Palette`: what repeats its label is the kind of thing that stands there. */
export function repeatsLabel(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - (end - start) - 2), start);
  return before.length > 2 && before.toLowerCase() === `${text.slice(start, end).toLowerCase()}: `;
}
