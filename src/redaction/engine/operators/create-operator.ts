import { Masking } from './masking.js';
import type { Operator } from './operator.js';
import { Redaction, type RedactionOptions } from './redaction.js';

/** Methods that need nothing but the document. */
export type Method = 'auto' | 'redaction' | 'masking';

/** A fresh operator for one document. `auto` chooses per entity; redaction is what it chooses for every type. */
export function createOperator(method: Method, options: RedactionOptions = {}): Operator {
  return method === 'masking' ? new Masking() : new Redaction(options);
}
