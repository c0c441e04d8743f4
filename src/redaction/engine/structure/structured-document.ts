import type { Value } from '../finding.js';

/** One searchable string of a document. */
export interface Field {
  /** RFC 6901 JSON Pointer to the value; in CSV `/<data row from 0>/<column>`; absent in plain text. */
  readonly path?: string;
  /** The string is an object key or a CSV header, not a value; `path` is then that of the member or column. */
  readonly part?: 'key';
  readonly value: Value;
}

/** A column of a table, offered before the fields are read so that its content can speak for its weaker cells. */
export interface Column {
  /** Cells from the start of the table, empty ones left out. */
  readonly sample: readonly Value[];
  /** Says to every cell of the column, in the fields read from now on, that most are of an engine type. */
  addVote(type: string): void;
}

/**
 * A document taken apart into strings and put together again. Both passes meet the same fields in the same order.
 * Malformed input raises `EngineInputError`, from any of the methods.
 */
export interface StructuredDocument<T> {
  fields(): Iterable<Field>;
  /** Tables only. */
  columns?(): Iterable<Column>;
  /**
   * The document with fields replaced; everything else is as it was, and the source is not changed. Yields where the
   * caller may give way. `replace` gets each field with its index in `fields()`; undefined leaves it unchanged.
   */
  rewrite(replace: (field: Field, index: number) => string | undefined): Generator<void, T>;
}
