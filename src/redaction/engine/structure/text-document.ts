import type { Field, StructuredDocument } from './structured-document.js';

/** Plain text: one field without a path. */
export class TextDocument implements StructuredDocument<string> {
  readonly #field: Field;

  constructor(text: string) {
    this.#field = { value: { text, labels: [] } };
  }

  *fields(): Generator<Field> {
    yield this.#field;
  }

  // biome-ignore lint/correctness/useYield: one string is put together in one step
  *rewrite(replace: (field: Field, index: number) => string | undefined): Generator<void, string> {
    return replace(this.#field, 0) ?? this.#field.value.text;
  }
}
