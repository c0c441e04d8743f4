import { invalidField } from '../errors/app-error.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:[Zz]|([+-]\d{2}):?(\d{2}))?$/;
const DAY_MS = 86_400_000;

/** Half-open: from inclusive, to exclusive. */
export interface DateRange {
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

const invalid = (field: string) =>
  invalidField(field, 'format', `'${field}' must be ISO 8601: 2026-03-01 or 2026-03-01T12:00:00Z.`);

/** Days that do not exist (30 February) are refused instead of rolling over. */
function startOfDay(field: string, text: string): number {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) throw invalid(field);
  return time;
}

/**
 * An instant in ISO 8601; without an offset it is UTC. A space in the offset is read as the `+` it was before a URL
 * decoder saw it. @throws AppError VALIDATION_ERROR naming the field
 */
export function parseInstant(field: string, text: string): Date {
  const match = INSTANT.exec(text.replace(/ (?=\d{2}:?\d{2}$)/, '+'));
  if (!match) throw invalid(field);
  startOfDay(field, match[1] ?? '');
  const offset = match[3] === undefined ? 'Z' : `${match[3]}:${match[4]}`;
  const time = Date.parse(`${match[1]}T${match[2]}${offset}`);
  if (Number.isNaN(time)) throw invalid(field);
  return new Date(time);
}

/**
 * A range of two optional parameters. A bare date is the whole UTC day, both ends included; with a time, the start
 * is inclusive and the end exclusive. @throws AppError VALIDATION_ERROR naming the parameter
 */
export function parseDateRange(
  [fromName, from]: readonly [string, string | undefined],
  [toName, to]: readonly [string, string | undefined],
): DateRange {
  const start =
    from === undefined
      ? undefined
      : DATE.test(from)
        ? new Date(startOfDay(fromName, from))
        : parseInstant(fromName, from);
  const end =
    to === undefined
      ? undefined
      : DATE.test(to)
        ? new Date(startOfDay(toName, to) + DAY_MS)
        : parseInstant(toName, to);
  if (start && end && start > end)
    throw invalidField(toName, 'order', `'${toName}' lies before '${fromName}'.`);
  return { from: start, to: end };
}
