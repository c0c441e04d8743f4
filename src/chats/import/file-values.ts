import { isObject, type JsonObject, type JsonValue } from '../../completions/index.js';
import { ImportRefusal } from './imported-chat.js';

/** Numbers from here on are milliseconds: as seconds they would be the year 5138. */
const MILLISECONDS_FROM = 1e11;
/** Clocks of others may be ahead of ours by so much. */
const AHEAD_MS = 86_400_000;

/** @throws ImportRefusal */
export function objectAt(value: JsonValue | undefined, path: string): JsonObject {
  if (isObject(value)) return value;
  throw wrong(value, path, 'an object');
}

/** @throws ImportRefusal */
export function listAt(value: JsonValue | undefined, path: string): JsonValue[] {
  if (Array.isArray(value)) return value;
  throw wrong(value, path, 'a list');
}

/** @throws ImportRefusal */
export function textAt(value: JsonValue | undefined, path: string): string {
  if (typeof value === 'string') return value;
  throw wrong(value, path, 'a text');
}

/** Undefined where there is none, or null. @throws ImportRefusal */
export const optionalTextAt = (value: JsonValue | undefined, path: string): string | undefined =>
  value === undefined || value === null ? undefined : textAt(value, path);

/**
 * A time: seconds or milliseconds since 1970, or as ISO 8601 says it; undefined where there is none, or zero.
 * @throws ImportRefusal for what is no time, or not yet
 */
export function timeAt(value: JsonValue | undefined, path: string): Date | undefined {
  if (value === undefined || value === null || value === 0 || value === '') return undefined;
  const time = new Date(
    typeof value === 'number'
      ? Math.round(value < MILLISECONDS_FROM ? value * 1000 : value)
      : typeof value === 'string'
        ? value
        : Number.NaN,
  );
  const isKnown = time.getTime() >= 0 && time.getTime() <= Date.now() + AHEAD_MS;
  if (isKnown) return time;
  throw new ImportRefusal('timestamp', path, 'It must be a time between 1970 and now.');
}

const wrong = (value: JsonValue | undefined, path: string, what: string): ImportRefusal =>
  value === undefined
    ? new ImportRefusal('required', path, `It is missing, and must be ${what}.`)
    : new ImportRefusal('type', path, `It must be ${what}.`);
