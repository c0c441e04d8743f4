const texts = new WeakMap<Date, string>();

/** A date in ISO 8601, which for dates that are shown again and again is written once. They must not be changed. */
export function isoTextOf(date: Date): string {
  const known = texts.get(date);
  if (known !== undefined) return known;
  const text = date.toISOString();
  texts.set(date, text);
  return text;
}
