import { assertDepth, type JsonEvent, type JsonValue } from './json-event.js';

/** An event of a parsed value; `value` is the leaf or the container itself. */
export interface ValueEvent extends JsonEvent {
  readonly value: JsonValue | undefined;
}

interface Visit {
  readonly container: JsonValue;
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  next: number;
}

const CLOSE: ValueEvent = { kind: 'close', text: '', value: undefined };

/**
 * Reads a parsed JSON value in document order without recursion. Only own enumerable members are read; what JSON cannot hold
 * is a literal.
 * @throws EngineInputError `TOO_DEEP`
 */
export function* walkJson(root: JsonValue): Generator<ValueEvent, undefined> {
  const visits: Visit[] = [];
  yield enter(root, visits);
  for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
    if (visit.next === visit.length) {
      visits.pop();
      yield CLOSE;
      continue;
    }
    const member = visit.keys === undefined ? visit.next : (visit.keys[visit.next] ?? '');
    visit.next++;
    if (typeof member === 'string') yield { kind: 'key', text: member, value: member };
    yield enter(Reflect.get(Object(visit.container), member), visits);
  }
}

function enter(value: JsonValue, visits: Visit[]): ValueEvent {
  if (typeof value === 'string') return { kind: 'string', text: value, value };
  if (typeof value === 'number') return { kind: 'number', text: String(value), value };
  if (value === null || typeof value !== 'object') return { kind: 'literal', text: '', value };
  assertDepth(visits.length + 1);
  if (isArray(value)) {
    visits.push({ container: value, keys: undefined, length: value.length, next: 0 });
    return { kind: 'array', text: '', value };
  }
  const keys = Object.keys(value);
  visits.push({ container: value, keys, length: keys.length, next: 0 });
  return { kind: 'object', text: '', value };
}

function isArray(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
