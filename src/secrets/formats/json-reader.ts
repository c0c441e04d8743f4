import { type JsonPart, JsonSource } from './json-source.js';
import { type RawVariables, unreadable } from './raw-variables.js';
import type { ParsedVariable, RefusedVariable } from './variable-format.js';

const SHAPE = 'Send one JSON object of names and values, or a list of objects with key and value.';

export const notScalar = (key: string | null, line: number | null): RefusedVariable => ({
  key,
  line,
  reason: 'VALUE_NOT_TEXT',
  message: 'Give the value as a string. For a list or an object, give its JSON text as a string.',
});

export const isNull = (key: string | null, line: number | null): RefusedVariable => ({
  key,
  line,
  reason: 'VALUE_IS_NULL',
  message: 'Give a value; an empty one is "".',
});

/** Strings as they are; numbers and booleans as they are written, so that 1.0 stays 1.0. */
function assignmentOf({ key, source, line }: JsonPart & { key: string }): ParsedVariable | RefusedVariable {
  if (source === 'null') return isNull(key, line);
  if ('[{'.includes(source[0] ?? '')) return notScalar(key, line);
  return { key, value: source[0] === '"' ? String(JSON.parse(source)) : source, line };
}

/** `{"key": …, "value": …}`; other members, such as a note, are of no concern. */
function itemOf({ source, line }: JsonPart): ParsedVariable | RefusedVariable {
  const members = source[0] === '{' ? [...new JsonSource(source, line).parts()] : [];
  const last = (name: string) => members.findLast(({ key }) => key === name);
  const key = last('key');
  const value = last('value');
  if (key?.source[0] === '"' && value) {
    return assignmentOf({ ...value, key: String(JSON.parse(key.source)), line: key.line });
  }
  return { key: null, line, reason: 'SHAPE_UNKNOWN', message: SHAPE };
}

const partOf = (part: JsonPart): ParsedVariable | RefusedVariable =>
  part.key === null ? itemOf(part) : assignmentOf({ ...part, key: part.key });

/** V8 says where it stopped, in a message that quotes the text. */
function lineOf(error: unknown, text: string): number | null {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined ? null : text.slice(0, Number(position)).split('\n').length;
}

/** Reads `{"KEY": "value"}` or `[{"key": "KEY", "value": "value"}]`. */
export function readJson(text: string): RawVariables {
  const bare = text.replace(/^\uFEFF/, '');
  try {
    JSON.parse(bare);
  } catch (error) {
    return unreadable(
      'SYNTAX',
      'This is not valid JSON: repair it at this line or just before.',
      lineOf(error, bare),
    );
  }
  if (!/^\s*[[{]/.test(bare)) return unreadable('SHAPE_UNKNOWN', SHAPE);
  const parts = [...new JsonSource(bare).parts()].map(partOf);
  return {
    assignments: parts.filter((part): part is ParsedVariable => 'value' in part),
    refused: parts.filter((part): part is RefusedVariable => 'reason' in part),
  };
}
