/** Fields that show nothing but where they are; of every other field only the result stays, as plain text. */
const HARMLESS =
  /^\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES)(?:\s+\\\*\s*(?:MERGEFORMAT|CHARFORMAT|arabic|roman|alphabetic))*\s*$/i;

export const isHarmlessCode = (code: string): boolean => HARMLESS.test(code);

interface OpenField {
  readonly number: number;
  readonly paragraph: number | undefined;
  readonly isDeleted: boolean;
  code: string;
}

/** A field whose instruction has been read. */
export interface ReadField {
  readonly number: number;
  readonly code: string;
  /** It begins and ends in one paragraph, and stands there still. */
  readonly isWhole: boolean;
}

/** The complex fields of a part (ECMA-376 part 1, 17.16.18), which nest and may reach over paragraphs. */
export class Fields {
  readonly #open: OpenField[] = [];
  /** Of fields that have begun. */
  count = 0;

  begin(paragraph: number | undefined, isDeleted: boolean): void {
    this.#open.push({ number: this.count++, paragraph, isDeleted, code: '' });
  }

  /** Number of the innermost field, from 0, in the order of their beginnings. */
  get current(): number | undefined {
    return this.#open.at(-1)?.number;
  }

  addCode(text: string): void {
    const field = this.#open.at(-1);
    if (field !== undefined) field.code += text;
  }

  end(paragraph: number | undefined, isDeleted: boolean): ReadField | undefined {
    const field = this.#open.pop();
    if (field === undefined) return undefined;
    const isWhole = field.paragraph === paragraph && !field.isDeleted && !isDeleted;
    return { number: field.number, code: field.code, isWhole };
  }

  /** Instructions of fields that never end. */
  rest(): string[] {
    return this.#open.splice(0).map(({ code }) => code);
  }
}
