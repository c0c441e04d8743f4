import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { TextKind } from './answer-text.js';

/** One step from a part of an answer into it: a member's name, or the number of an item. */
export type Step = string | { readonly position: number } | { readonly index: number };

/** What is done with a text; the same text leaves it. */
export type LeafChange = (text: string, kind: TextKind | 'whole', path: readonly Step[]) => string;

/** Words of the protocol, which hold nothing. */
const CONSTANT = new Set(['role', 'type', 'finish_reason', 'object']);

/** `whole` are those that come in one piece. */
const KINDS: ReadonlyMap<string, TextKind | 'whole'> = new Map([
  ['arguments', 'json'],
  ['content', 'content'],
  ['text', 'content'],
  ['input', 'content'],
  ['name', 'name'],
  ['id', 'whole'],
  ['call_id', 'whole'],
  ['tool_call_id', 'whole'],
]);

/** A part of an answer with its texts changed, and the part itself when none is. */
export function changeLeaves(value: JsonValue, change: LeafChange, path: Step[] = []): JsonValue {
  if (typeof value === 'string') {
    const name = path.findLast((step) => typeof step === 'string') ?? '';
    return CONSTANT.has(name) ? value : change(value, KINDS.get(name) ?? 'plain', path);
  }
  if (Array.isArray(value)) return changeItems(value, change, path);
  return isObject(value) ? changeMembers(value, change, path) : value;
}

export function changeMembers(value: JsonObject, change: LeafChange, path: Step[] = []): JsonObject {
  let changed: [string, JsonValue][] | undefined;
  const names = Object.keys(value);
  for (const [at, name] of names.entries()) {
    const member = value[name] ?? null;
    path.push(name);
    const next = changeLeaves(member, change, path);
    path.pop();
    if (next !== member) changed ??= names.slice(0, at).map((before) => [before, value[before] ?? null]);
    changed?.push([name, next]);
  }
  return changed ? Object.fromEntries(changed) : value;
}

function changeItems(items: readonly JsonValue[], change: LeafChange, path: Step[]): JsonValue[] {
  let changed: JsonValue[] | undefined;
  for (const [position, item] of items.entries()) {
    const index = isObject(item) ? item.index : undefined;
    path.push(typeof index === 'number' ? { index } : { position });
    const next = changeLeaves(item, change, path);
    path.pop();
    if (next !== item) changed ??= items.slice(0, position);
    changed?.push(next);
  }
  return changed ?? (items as JsonValue[]);
}

/** A path as a text that no other path has. */
export function slotOf(path: readonly Step[]): string {
  let slot = '';
  for (const step of path) {
    if (typeof step === 'string') slot += `.${step.length}:${step}`;
    else slot += 'index' in step ? `#${step.index}` : `@${step.position}`;
  }
  return slot;
}

/** Puts a text at a path of a part that holds nothing else there. */
export function putAt(part: JsonObject, path: readonly Step[], text: string): JsonObject {
  return merged(part, path, text) as JsonObject;
}

function merged(into: JsonValue | undefined, path: readonly Step[], text: string): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  if (typeof step === 'string') {
    const members = isObject(into) ? into : {};
    const own = Object.hasOwn(members, step) ? members[step] : undefined;
    return Object.fromEntries([...Object.entries(members), [step, merged(own, rest, text)]]);
  }
  const items = Array.isArray(into) ? [...into] : [];
  if ('position' in step) {
    while (items.length <= step.position) items.push({});
    items[step.position] = merged(items[step.position], rest, text);
    return items;
  }
  const at = items.findIndex((item) => isObject(item) && item.index === step.index);
  const own = at < 0 ? { index: step.index } : items[at];
  items.splice(at < 0 ? items.length : at, 1, merged(own, rest, text));
  return items;
}
