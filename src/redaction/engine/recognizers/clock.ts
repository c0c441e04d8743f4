/**
 * A time of day behind a date: `14:30`, `at 2:30 p.m.`, `um 14 Uhr`, `à 14h30`, `at 10 o'clock`. Alone a time says nothing
 * about anybody; with its date it goes.
 */
const CLOCK =
  /,?(?: (?:at|um|gegen|à|a las?|alle|om|às|o))? (?:[01]?\d|2[0-3])(?:[:h][0-5]\d(?::[0-6]\d)?(?: ?[AaPp]\.?[Mm]\b\.?| Uhr\b| uur\b)?|(?: ?[AaPp]\.?[Mm]\b\.?| ?h\b| Uhr\b| uur\b| o['’]clock\b))(?![\d:])/y;

/** Where the time of day behind `end` ends, or `end` when there is none. */
export function clockEnd(text: string, end: number): number {
  const next = text.charCodeAt(end);
  if (next !== 32 && next !== 44) return end;
  CLOCK.lastIndex = end;
  return CLOCK.test(text) ? CLOCK.lastIndex : end;
}
