import { EngineInputError } from '../engine-error.js';

/** What `JSON.parse` makes. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * One step of reading JSON in document order. `text` is a key or string with escapes decoded, a number as spelled, and
 * empty for the other kinds.
 */
export interface JsonEvent {
  readonly kind: 'object' | 'array' | 'close' | 'key' | 'string' | 'number' | 'literal';
  readonly text: string;
}

/** Deeper nesting is refused: many JSON readers, this process's writer included, could not read or write it. */
export const MAX_DEPTH = 1_000;

/** Fields or tokens handled between two chances to give way. */
export const EVENTS_PER_TURN = 1_000;

/** @throws EngineInputError `TOO_DEEP` */
export function assertDepth(depth: number): void {
  if (depth <= MAX_DEPTH) return;
  throw new EngineInputError(
    'TOO_DEEP',
    `Objects and arrays are nested more than ${MAX_DEPTH} levels deep. Flatten the data or send its parts on their own.`,
  );
}
