import { sentencesOf } from '../retrieval/sentences.js';
import { type Chunk, type ChunkedDocument, type ChunkSizes, DEFAULT_SIZES, SIZE_LIMITS } from './chunk.js';
import { betweenCharacters, type Range } from './cut-points.js';
import { firstAfter, type Piece, piecesOf } from './pieces.js';
import { type Section, sectionsOf } from './sections.js';

const LONGEST_CONTEXT = 1_000;

/** Pieces that stand under the same titles. */
interface Group {
  readonly section: Section;
  readonly pieces: Piece[];
}

/**
 * The chunks of a document in order: cut at titles and rules, else between paragraphs, else between sentences, else between
 * words. Together they hold everything but blanks, none is longer than the size, and the same document always gives the
 * same ones. Takes time that grows with the text's length.
 * @throws RangeError for a size or an overlap beyond {@link SIZE_LIMITS}
 */
export function chunksOf(document: ChunkedDocument, sizes: ChunkSizes = DEFAULT_SIZES): Chunk[] {
  assertSizes(sizes);
  const describe = describer(document);
  const chunks: Chunk[] = [];
  for (const { pieces } of groupsOf(document, sizes.size)) {
    for (const part of partsOf(pieces, sizes.size)) {
      for (const [range, table] of pack(document.text, part, sizes)) chunks.push(describe(range, table));
    }
  }
  return chunks;
}

function assertSizes({ size, overlap }: ChunkSizes): void {
  if (!(Number.isInteger(size) && size >= SIZE_LIMITS.least && size <= SIZE_LIMITS.most))
    throw new RangeError(`the size of chunks is ${SIZE_LIMITS.least} to ${SIZE_LIMITS.most}`);
  if (!(Number.isInteger(overlap) && overlap >= 0 && overlap <= size / 2))
    throw new RangeError('the overlap of chunks is 0 to half their size');
}

/** A title with nothing below it but the next one goes with what stands below that. */
function groupsOf(document: ChunkedDocument, size: number): Group[] {
  const sections = sectionsOf(document);
  const borders = sections.slice(1).map(({ start }) => start);
  const groups: Group[] = [];
  for (const piece of piecesOf(document, borders, size)) {
    const section = sections[firstAfter(borders, piece.start)];
    if (section === undefined) continue;
    const last = groups.at(-1);
    if (last?.section === section) last.pieces.push(piece);
    else if (last !== undefined && isBare(last, document) && section.level > last.section.level)
      groups[groups.length - 1] = { section, pieces: [...last.pieces, piece] };
    else groups.push({ section, pieces: [piece] });
  }
  return groups;
}

/** Nothing but titles. */
function isBare({ section, pieces }: Group, { text }: ChunkedDocument): boolean {
  const [last, title] = [pieces.at(-1), section.titles.at(-1)];
  if (last === undefined || title === undefined || pieces.length > section.titles.length) return false;
  return text.slice(last.start, last.end).endsWith(title);
}

/** What rules part, put together where it fits. */
function partsOf(pieces: readonly Piece[], size: number): Piece[][] {
  const parts: Piece[][] = [];
  let open: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    open.push(piece);
    // The line below a title is no rule.
    const isBorder = piece.isRule && pieces[index - 1]?.isTitle !== true;
    if (!isBorder && index < pieces.length - 1) continue;
    const before = parts.at(-1);
    const start = before?.[0]?.start;
    if (before !== undefined && start !== undefined && piece.end - start <= size) before.push(...open);
    else parts.push(open);
    open = [];
  }
  return parts;
}

/** Ranges of a part, each with the table in which it begins. */
function* pack(
  text: string,
  pieces: readonly Piece[],
  { size, overlap }: ChunkSizes,
): Generator<readonly [Range, number], void> {
  let start = pieces[0]?.start ?? 0;
  for (let first = 0; first < pieces.length; ) {
    let last = first;
    while (last + 1 < pieces.length && (pieces[last + 1]?.end ?? 0) - start <= size) last++;
    // A title stands above what it names.
    const leavesTitle = last > first && last + 1 < pieces.length && pieces[last]?.isTitle;
    if (leavesTitle && pieces[last - 1]?.isTitle === false) last--;
    const end = pieces[last]?.end ?? start;
    yield [{ start, end }, pieces[first]?.table ?? -1];
    const next = pieces[last + 1];
    if (next !== undefined)
      start = overlapStart(text, pieces.slice(first, last + 1), next, { start, size, overlap });
    first = last + 1;
  }
}

/** Where the next chunk begins: with a sentence of the one before, or with a word of it, or with its own first piece. */
function overlapStart(
  text: string,
  before: readonly Piece[],
  next: Piece,
  { start, size, overlap }: ChunkSizes & { readonly start: number },
): number {
  const last = before.at(-1);
  if (last === undefined || overlap === 0 || last.table >= 0 || next.table >= 0) return next.start;
  const least = Math.max(last.end - overlap, start + 1, next.end - size);
  if (least >= last.end) return next.start;
  const from = before.find(({ end }) => end > least) ?? last;
  for (const sentence of sentencesOf(text.slice(from.start, last.end)))
    if (from.start + sentence.start >= least) return from.start + sentence.start;
  const blank = text.slice(least - 1, last.end).search(/\s(?=[^\s\p{M}])/u);
  return blank < 0 ? next.start : least + blank;
}

function describer(document: ChunkedDocument) {
  const { text, pages, tables = [] } = document;
  const sections = sectionsOf(document);
  const borders = sections.slice(1).map(({ start }) => start);
  const starts = pages.map(({ start }) => start);
  const pageAt = (offset: number): number | null => pages[firstAfter(starts, offset) - 1]?.number ?? null;
  return ({ start, end }: Range, table: number): Chunk => {
    const header = table < 0 ? null : (tables[table]?.header ?? null);
    return {
      start,
      end,
      page: pageAt(start),
      lastPage: pageAt(end - 1),
      headings: sections[firstAfter(borders, end - 1)]?.titles ?? [],
      context: header === null || start < header.end ? '' : contextOf(text, header),
    };
  };
}

function contextOf(text: string, { start, end }: Range): string {
  const most = start + LONGEST_CONTEXT;
  return text.slice(start, end <= most ? end : betweenCharacters(text, start, most));
}
