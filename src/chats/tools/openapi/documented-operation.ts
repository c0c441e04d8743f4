import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { resolved } from '../functions/inlined-schema.js';
import type { ToolMethod } from '../functions/tool-function.js';
import { ToolFault } from '../tool-fault.js';

/** What a document calls an operation, where it is, and what holds for all operations of its path. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: ToolMethod;
  readonly path: string;
  readonly operation: JsonObject;
  readonly shared: JsonObject;
}

/** What a part of a document is, where it says that elsewhere. @throws ToolFault `reference` */
export function followed(document: JsonObject, part: JsonValue | undefined): JsonValue | undefined {
  let at = part;
  for (let steps = 0; isObject(at) && typeof at.$ref === 'string'; steps++) {
    if (steps > 10) throw new ToolFault('reference', 'a $ref that leads to ever more of them');
    at = resolved(document, at.$ref);
  }
  return at;
}
