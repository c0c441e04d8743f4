import type { DocumentExtraction } from '../../redaction/index.js';

/** A document's text with what is known of how it is built, as it is cut into chunks; offsets are UTF-16 code units. */
export type ReadableText = Pick<
  DocumentExtraction.ExtractedDocument,
  'text' | 'title' | 'pages' | 'headings' | 'tables'
>;

/** The same with what indexing tells of the document. */
export interface ReadDocument {
  readonly content: ReadableText;
  readonly pageCount: number | null;
  readonly partialReason: string | null;
  /** Whether personal data was removed from it before it was stored. */
  readonly redacted: boolean;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a text, and what comes in its place. */
export interface Replacement extends Stretch {
  readonly text: string;
}

/** Takes stretches out of a text and moves what is known of it along: what began or ended inside one does so at its end. */
export function replaceStretches(content: ReadableText, replacements: readonly Replacement[]): ReadableText {
  const parts: string[] = [];
  let copied = 0;
  for (const { start, end, text } of replacements) {
    parts.push(content.text.slice(copied, start), text);
    copied = end;
  }
  parts.push(content.text.slice(copied));
  const moved = mover(replacements);
  const stretch = <T extends Stretch>(of: T): T => ({ ...of, start: moved(of.start), end: moved(of.end) });
  return {
    text: parts.join(''),
    title: null,
    pages: content.pages.map((page) => ({ ...page, start: moved(page.start) })),
    headings: content.headings.map(stretch),
    tables: content.tables.map((table) => ({
      ...stretch(table),
      header: table.header && stretch(table.header),
    })),
  };
}

/** Where offsets of the old text are in the new one. */
function mover(replacements: readonly Replacement[]): (offset: number) => number {
  const shifts: {
    readonly start: number;
    readonly end: number;
    readonly shift: number;
    readonly past: number;
  }[] = [];
  let shift = 0;
  for (const { start, end, text } of replacements) {
    const past = start + shift + text.length;
    shift += text.length - (end - start);
    shifts.push({ start, end, shift, past });
  }
  return (offset) => {
    let low = 0;
    for (let high = shifts.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((shifts[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    const last = shifts[low - 1];
    if (!last) return offset;
    return offset < last.end ? last.past : offset + last.shift;
  };
}
