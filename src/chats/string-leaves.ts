import { isObject, type JsonValue } from '../completions/index.js';

/** Data of an image or a file within a message: no text, and long. */
const isPayload = (text: string): boolean => text.startsWith('data:') && text.length > 200;

/** Adds the texts of a value, in order; names of members are not among them. */
export function collectTexts(value: JsonValue | undefined, into: string[]): void {
  if (typeof value === 'string') {
    if (!isPayload(value)) into.push(value);
  } else if (Array.isArray(value)) for (const item of value) collectTexts(item, into);
  else if (isObject(value)) for (const item of Object.values(value)) collectTexts(item, into);
}

/** A copy with other texts in the places that {@link collectTexts} finds, taken one by one in the same order. */
export function withTexts<T extends JsonValue>(value: T, next: () => string): T;
export function withTexts(value: JsonValue, next: () => string): JsonValue {
  if (typeof value === 'string') return isPayload(value) ? value : next();
  if (Array.isArray(value)) return value.map((item) => withTexts(item, next));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withTexts(item, next)]));
}
