import type { ChunkedDocument } from './chunk.js';

/** What stands between a title and the next one. */
export interface Section {
  readonly start: number;
  /** The title's level; 0 above the first title. */
  readonly level: number;
  /** Titles above what it says, its own last. */
  readonly titles: readonly string[];
}

/** The sections of a text in order; the first begins at its beginning. */
export function sectionsOf({ text, headings }: ChunkedDocument): Section[] {
  const sections: Section[] = [{ start: 0, level: 0, titles: [] }];
  const above: { readonly level: number; readonly title: string }[] = [];
  for (const { start, end, level } of headings) {
    while ((above.at(-1)?.level ?? 0) >= level) above.pop();
    above.push({ level, title: text.slice(start, end) });
    // A title begins with its sign: `## Title`.
    const line = text.lastIndexOf('\n', start - 1) + 1;
    sections.push({ start: start === 0 ? 0 : line, level, titles: above.map(({ title }) => title) });
  }
  return sections;
}
