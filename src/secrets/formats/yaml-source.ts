import { isMap, isScalar, LineCounter, type Pair, parseAllDocuments, Scalar, type YAMLMap } from 'yaml';
import { isNull, notScalar } from './json-reader.js';
import { type RawVariables, unreadable } from './raw-variables.js';
import type { ParsedVariable, RefusedVariable } from './variable-format.js';
import { refusalBefore } from './yaml-guard.js';

const SYNTAX = 'This is not valid YAML: repair it at this line or just before.';

export interface YamlSource {
  readonly top: YAMLMap;
  readonly lineOf: (node: unknown) => number | null;
}

function documentsOf(text: string, lineCounter: LineCounter) {
  try {
    return parseAllDocuments(text, {
      schema: 'core',
      uniqueKeys: false,
      lineCounter,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch {
    // Nesting too deep for the parser's stack.
    return undefined;
  }
}

/** One document whose top is a mapping, not resolved any further, so that nothing in it can grow. */
export function openYaml(text: string): YamlSource | RawVariables {
  const refusal = refusalBefore(text);
  if (refusal) return refusal;
  const lineCounter = new LineCounter();
  const documents = documentsOf(text, lineCounter);
  if (documents === undefined) return unreadable('SYNTAX', SYNTAX);
  const error = [...documents].flatMap(({ errors }) => errors)[0];
  if (error) return unreadable('SYNTAX', SYNTAX, lineCounter.linePos(error.pos[0]).line);
  const [document, ...others] = documents;
  const top = document?.contents;
  if (others.length > 0) return unreadable('SHAPE_UNKNOWN', 'Send one YAML document, not several.');
  if (!top && /^\s*$/.test(text.replaceAll(/^\s*#.*$/gm, ''))) return { assignments: [], refused: [] };
  if (!isMap(top)) return unreadable('SHAPE_UNKNOWN', 'Send one YAML mapping of names and values.');
  const lineOf = (node: unknown) =>
    isScalar(node) && node.range ? lineCounter.linePos(node.range[0]).line : null;
  return { top, lineOf };
}

function variableOf(key: string, node: unknown, line: number | null): ParsedVariable | RefusedVariable {
  if (node === null || (isScalar(node) && node.value === null)) return isNull(key, line);
  if (!isScalar(node)) return notScalar(key, line);
  if (typeof node.value === 'string') return { key, value: node.value, line };
  // Numbers and booleans as they are written, so that 0080 and 1.0 stay what they are.
  return node.type === Scalar.PLAIN && node.source !== undefined
    ? { key, value: node.source, line }
    : notScalar(key, line);
}

function entryOf({ key, value }: Pair, lineOf: YamlSource['lineOf']): ParsedVariable | RefusedVariable {
  const line = lineOf(key);
  if (!isScalar(key)) {
    return {
      key: null,
      line,
      reason: 'KEY_INVALID',
      message: 'Write the name of the variable itself as the key.',
    };
  }
  return variableOf(typeof key.value === 'string' ? key.value : (key.source ?? ''), value, line);
}

/** The entries of a flat mapping. */
export function entriesOf(map: YAMLMap, lineOf: YamlSource['lineOf']): RawVariables {
  const entries = map.items.map((pair) => entryOf(pair, lineOf));
  return {
    assignments: entries.filter((entry): entry is ParsedVariable => 'value' in entry),
    refused: entries.filter((entry): entry is RefusedVariable => 'reason' in entry),
  };
}
