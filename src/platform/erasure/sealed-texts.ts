import type { Provider } from '@nestjs/common';

/**
 * What becomes of a sealed value in which the sought one stands: the passage is replaced, the column becomes null, or the row
 * goes.
 */
export type ErasureEffect = 'blank' | 'remove' | 'delete';

/** A column of sealed values that hold what people wrote. */
export interface SealedTextColumn {
  /** What is counted, in the plural: `chat_messages`. */
  readonly kind: string;
  readonly table: string;
  readonly column: string;
  /** SQL of whose a row is, where that is not `organization_id`. */
  readonly tenant?: string;
  /** SQL of what tells rows of an organization apart: text, in whose order they are gone through. */
  readonly key: string;
  /** SQL of the place in which a value is sealed: id and version. */
  readonly place: { readonly id: string; readonly version: string };
  /** JSON whose texts are looked at one by one, or one text. */
  readonly format: 'json' | 'text';
  readonly effect: ErasureEffect;
  /** SQL of the project a row belongs to; what is in one under legal hold stays. */
  readonly project?: string;
  /** SQL of what else is set. */
  readonly also?: string;
}

/** Columns that an erasure goes through. */
export class SealedTexts {
  constructor(readonly columns: readonly SealedTextColumn[]) {}
}

/** A module's provider that names its columns; a test asks that every sealed column of the schema is named, or why not. */
export const sealedTexts = (...columns: readonly SealedTextColumn[]): Provider => ({
  provide: `sealed texts: ${columns.map(({ table, column }) => `${table}.${column}`).join(', ')}`,
  useValue: new SealedTexts(columns),
});
