import type { Entity } from '../analysis.js';

/** What an entity becomes, and by which method. */
export interface Replacement {
  readonly text: string;
  readonly method: string;
}

/** Replaces the entities of one document, which come in reading order. May keep state over the document. */
export interface Operator {
  /**
   * Put between a replacement and an ASCII letter or digit, a joiner, or another replacement that it would touch, so
   * that replacements can be told from their surroundings; none when absent.
   */
  readonly joiner?: string;
  replace(entity: Entity): Replacement;
}
