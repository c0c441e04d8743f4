import { isObject, type JsonObject } from '../../../completions/index.js';
import type { ToolFunction, ToolMethod } from '../functions/tool-function.js';
import { ToolFault } from '../tool-fault.js';
import { type DocumentedOperation, followed } from './documented-operation.js';
import { functionOf } from './operation-function.js';

/** Most functions of one tool: models choose badly among more. */
export const MOST_FUNCTIONS = 64;
/** Most operations that are looked at. */
const MOST_OPERATIONS = 2_000;
/** Most schemas of all functions together, in bytes. */
const MOST_BYTES = 512 * 1024;

/** An operation that cannot be called, and why. */
export interface SkippedOperation {
  readonly operation: string;
  readonly reason: string;
}

export interface DocumentedFunctions {
  readonly functions: readonly ToolFunction[];
  /** Only where nobody has said which operations are wanted. */
  readonly skipped: readonly SkippedOperation[];
}

/**
 * The operations of an OpenAPI document as functions.
 * @param wanted the ids of those that are wanted; all when absent
 * @throws ToolFault `operations` where one that is wanted is missing or cannot be called, or there are too many or none
 */
export function documentedFunctions(
  document: JsonObject,
  serverUrl: string,
  wanted: readonly string[] | undefined,
): DocumentedFunctions {
  const all = operationsOf(document);
  const chosen = wanted ? wanted.map((id) => chosenOf(all, id)) : all;
  const functions: ToolFunction[] = [];
  const skipped: SkippedOperation[] = [];
  const names = new Set<string>();
  for (const operation of chosen) {
    if (functions.length >= MOST_FUNCTIONS)
      throw new ToolFault(
        'operations',
        `more than ${MOST_FUNCTIONS} operations: name those that are wanted in 'operations'`,
      );
    try {
      const made = functionOf(document, serverUrl, operation);
      functions.push({ ...made, name: freshName(made.name, names) });
    } catch (error) {
      if (!(error instanceof ToolFault)) throw error;
      if (wanted)
        throw new ToolFault(
          'operations',
          `an operation (number ${chosen.indexOf(operation) + 1}) with ${error.found}`,
        );
      skipped.push({ operation: operation.id.slice(0, 200), reason: error.found });
    }
  }
  if (functions.length === 0) throw new ToolFault('operations', 'no operation that can be called');
  if (Buffer.byteLength(JSON.stringify(functions)) > MOST_BYTES)
    throw new ToolFault(
      'operations',
      `schemas of more than ${MOST_BYTES / 1024} KiB: name the operations that are wanted in 'operations'`,
    );
  return { functions, skipped: skipped.slice(0, 100) };
}

function chosenOf(all: readonly DocumentedOperation[], id: string): DocumentedOperation {
  const found = all.find((one) => one.id === id);
  if (!found) throw new ToolFault('operations', 'the id of an operation that the document does not have');
  return found;
}

const METHODS: readonly string[] = ['get', 'post', 'put', 'patch', 'delete'];

function operationsOf(document: JsonObject): DocumentedOperation[] {
  const { paths } = document;
  if (!isObject(paths)) throw new ToolFault('operations', "a document without 'paths'");
  const operations: DocumentedOperation[] = [];
  for (const [path, given] of Object.entries(paths)) {
    if (!path.startsWith('/')) continue;
    const item = followed(document, given);
    if (!isObject(item)) continue;
    for (const [method, operation] of Object.entries(item)) {
      if (!METHODS.includes(method) || !isObject(operation)) continue;
      const { operationId: id } = operation;
      operations.push({
        ...{
          id: typeof id === 'string' && id !== '' ? id : `${method}_${path}`,
          path,
          operation,
          shared: item,
        },
        method: method.toUpperCase() as ToolMethod,
      });
      if (operations.length > MOST_OPERATIONS)
        throw new ToolFault('operations', `a document of more than ${MOST_OPERATIONS} operations`);
    }
  }
  return operations;
}

function freshName(name: string, taken: Set<string>): string {
  let fresh = name;
  for (let count = 2; taken.has(fresh); count++) {
    const end = `_${count}`;
    fresh = name.slice(0, 64 - end.length) + end;
  }
  taken.add(fresh);
  return fresh;
}
