import { invalidField } from '../../platform/errors/app-error.js';
import { parseInstant } from '../../platform/http/date-range.js';

/** A moment in the life of an environment: an instant, or one of its revisions. */
export type Point = { readonly at: Date } | { readonly revision: number };

const REVISION = /^(?:0|[1-9]\d{0,8})$/;

/** A point as a client writes it: a revision's number, or an instant in ISO 8601. @throws AppError VALIDATION_ERROR */
export function parsePoint(field: string, text: string): Point {
  if (REVISION.test(text)) return { revision: Number(text) };
  const at = parseInstant(field, text);
  if (at.getTime() > Date.now()) throw invalidField(field, 'maximum', `'${field}' has not come yet.`);
  return { at };
}
