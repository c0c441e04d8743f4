import type { Entity } from '../analysis.js';

/** What an entity becomes, and by which method. */
export interface Replacement {
  readonly text: string;
  readonly method: string;
}

/** Replaces the entities of one document, which come in reading order. May keep state over the document. */
export interface Operator {
  replace(entity: Entity): Replacement;
}
