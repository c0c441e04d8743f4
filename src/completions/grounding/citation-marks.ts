import type { FoundPassage } from '../../knowledge/index.js';
import { citationOf, type SourceCitation } from './grounded-request.js';

const MARK = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;

/** Longest beginning of a mark that may be cut by the end of a piece. */
const LONGEST_MARK = 40;

/** Reads an answer as it comes, in pieces cut anywhere, for the numbers of the sources it names. */
export class CitationMarks {
  private readonly named = new Set<number>();
  private rest = '';

  constructor(private readonly passages: readonly FoundPassage[]) {}

  read(piece: string): void {
    const text = this.rest + piece;
    for (const [, numbers = ''] of text.matchAll(MARK))
      for (const number of numbers.split(',')) this.named.add(Number(number));
    const open = text.lastIndexOf('[');
    this.rest = open < 0 || text.length - open > LONGEST_MARK ? '' : text.slice(open);
  }

  /** The sources that were named and are there, in the order of their numbers. */
  get citations(): SourceCitation[] {
    return this.passages.flatMap((passage, at) =>
      this.named.has(at + 1) ? [citationOf(passage, at + 1)] : [],
    );
  }
}
