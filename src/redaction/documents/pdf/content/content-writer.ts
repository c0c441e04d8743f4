import { DocumentFailure } from '../../document-failure.js';
import type { Operand } from './content-reader.js';
import { OPERANDS } from './operators.js';

/** Operations that one page may take once everything it draws is written out. */
const MOST_OPERATIONS = 1_000_000;
const MOST_CHARACTERS = 48 * 1024 * 1024;

/** What one page may cost, together with all that it draws by reference. */
export class Budget {
  #operations = MOST_OPERATIONS;
  #characters = MOST_CHARACTERS;

  /** @throws DocumentFailure `DOCUMENT_TOO_COMPLEX` */
  spend(characters: number): void {
    this.#operations--;
    this.#characters -= characters;
    if (this.#operations < 0 || this.#characters < 0) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
  }
}

/**
 * Writes operations down, each in a line of its own and with no more operands than it takes, and keeps brackets in pairs.
 */
export class ContentWriter {
  readonly #lines: string[] = [];
  #depth = 0;
  #inText = false;

  constructor(readonly budget: Budget) {}

  /** How many `q` are open. */
  get depth(): number {
    return this.#depth;
  }

  write(line: string): void {
    this.budget.spend(line.length);
    this.#lines.push(line);
  }

  save(): void {
    this.#depth++;
    this.write('q');
  }

  /** @param floor how many must stay open; whether there was one to close */
  restore(floor: number): boolean {
    if (this.#depth <= floor) return false;
    this.#depth--;
    this.write('Q');
    return true;
  }

  beginText(): void {
    if (!this.#inText) this.write('BT');
    this.#inText = true;
  }

  endText(): void {
    if (this.#inText) this.write('ET');
    this.#inText = false;
  }

  get inText(): boolean {
    return this.#inText;
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}

const WELL_FORMED = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** A number as it was written, or 0 for what viewers disagree about. */
export const numeral = (operand: Operand | undefined): string =>
  operand?.kind === 'number' && WELL_FORMED.test(operand.raw) ? operand.raw : '0';

export const numberOf = (operand: Operand | undefined): number => Number(numeral(operand));

/** The last operands that fit what the operator takes; undefined when the operator is unknown or lacks some. */
export function operandsFor(operator: string, operands: readonly Operand[]): readonly Operand[] | undefined {
  const expected = OPERANDS.get(operator);
  if (expected === undefined) return undefined;
  if (expected === '*') return operands.filter(({ kind }) => kind === 'number' || kind === 'name').slice(-33);
  const taken = expected === '' ? [] : operands.slice(-expected.length);
  const fits = taken.length === expected.length && taken.every((operand, at) => isA(operand, expected[at]));
  return fits ? taken : undefined;
}

function isA(operand: Operand, expected: string | undefined): boolean {
  if (expected === 'n') return operand.kind === 'number';
  if (expected === 's') return operand.kind === 'string';
  return operand.kind === (expected === 'a' ? 'array' : 'name');
}

/** Strings and numbers of an array, as `TJ` and `d` take them. */
export function arrayText(operand: Operand | undefined): string {
  if (operand === undefined || !('items' in operand)) return '[]';
  const items = operand.items.flatMap((item) => {
    if (item.kind === 'string') return [item.raw];
    return item.kind === 'number' ? [numeral(item)] : [];
  });
  return `[${items.join(' ')}]`;
}

/** A number as PDF writes it: never with an exponent. */
export function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12) : text;
}
