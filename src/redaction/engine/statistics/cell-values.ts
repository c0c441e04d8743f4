/** What a column of a table holds. */
export type ColumnKind = 'number' | 'date' | 'category';

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', '-', '?']);
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const DAY_MS = 86_400_000;

/** Ways to write a day that a whole column may use; a time of day may follow the first. */
const DATE_FORMS: readonly { readonly form: RegExp; readonly parts: readonly [number, number, number] }[] = [
  { form: /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?$/, parts: [1, 2, 3] },
  { form: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, parts: [3, 2, 1] },
  { form: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, parts: [3, 1, 2] },
  { form: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, parts: [3, 2, 1] },
];

/** Empty, or one of the usual marks for it. */
export const isMissing = (text: string): boolean => MISSING.has(text.trim().toLowerCase());

/** The number that a text spells out in plain digits, infinite beyond double precision's range; undefined for anything else. */
export function spelledNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
}

/** A day as days since 1970-01-01, by one of the forms. */
function dayOf(text: string, { form, parts }: (typeof DATE_FORMS)[number]): number | undefined {
  const match = form.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0] = parts.map((part) => Number(match[part]));
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? Math.floor(date.getTime() / DAY_MS) : undefined;
}

/** `YYYY-MM-DD` of a day since 1970-01-01. */
export const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** How a column's cells are read: its kind, and each text's place on the number line where it has one. */
export interface ColumnReading {
  readonly kind: ColumnKind;
  /** Numbers, or days since 1970-01-01; undefined for categories. */
  readonly placeOf: (text: string) => number | undefined;
}

const CATEGORY: ColumnReading = { kind: 'category', placeOf: () => undefined };
const NUMBERS: ColumnReading = { kind: 'number', placeOf: spelledNumber };

/** Digits that name rather than count: a leading zero says so. */
const isCode = (text: string): boolean => /^0\d+$/.test(text.trim());

/** Numbers whose order and differences double precision keeps: at most 15 significant digits, and far from its limits. */
function isMeasure(text: string): boolean {
  const value = spelledNumber(text);
  if (value === undefined || Math.abs(value) > 1e150 || isCode(text)) return false;
  const digits = text.replace(/e.*$/i, '').replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length <= 15;
}

/** A column is of numbers or days only if all its cells that are not missing are. */
export function readColumn(texts: readonly string[], isPostal: boolean): ColumnReading {
  const present = texts.filter((text) => !isMissing(text));
  if (present.length === 0) return CATEGORY;
  if (!isPostal && present.every(isMeasure)) return NUMBERS;
  const [sample = ''] = present;
  for (const form of DATE_FORMS) {
    if (dayOf(sample, form) === undefined) continue;
    if (present.every((text) => dayOf(text, form) !== undefined))
      return { kind: 'date', placeOf: (text) => dayOf(text, form) };
  }
  return CATEGORY;
}
