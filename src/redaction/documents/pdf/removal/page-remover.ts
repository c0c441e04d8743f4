import type { FindsIn } from '../../../engine/analysis.js';
import { DocumentFailure } from '../../document-failure.js';
import { intersects } from '../content/matrix.js';
import { type FoundPage, type Glyph, type PlacedFinding, place } from '../finding/document-finder.js';
import { findAgain, findOnPage, merged } from '../finding/page-finder.js';
import { inkOf, lineView } from '../finding/page-view.js';
import type { ValueIndex } from '../finding/value-index.js';
import { removeFromPage } from '../pdfium/page-removal.js';
import { type PageText, withPageText } from '../pdfium/page-text.js';
import type { PdfiumDocument } from '../pdfium/pdfium-document.js';
import type { PreparedPage } from '../preparation.js';
import { CharacterCounts } from './character-counts.js';
import { rectanglesOf } from './rectangles.js';

const MOST_PASSES = 6;

/** A page from which everything was removed that was found. */
export interface RemovedPage {
  readonly findings: readonly PlacedFinding[];
  /** What is left of its text. */
  readonly kept: string;
  /** Characters that went with their neighbours. */
  readonly lost: number;
}

/** What a page is searched for until nothing is left. */
export interface Search {
  readonly detector: FindsIn;
  readonly values: ValueIndex;
}

/**
 * Removes findings from a page, reads it again, and repeats until nothing more is found; then compares what is left with what
 * should be.
 * @param index of the page in `document`, from 0
 * @throws DocumentFailure `REDACTION_UNVERIFIED` when a character is left that should have gone
 */
export function removeFound(
  document: PdfiumDocument,
  index: number,
  page: PreparedPage,
  found: FoundPage,
  search: Search,
): RemovedPage {
  const expected = new CharacterCounts(found.codes);
  const findings = [...found.findings];
  let current: readonly PlacedFinding[] = found.findings;
  let codes = found.codes;
  for (let pass = 0; ; pass++) {
    const inRegions = pass === 0 ? glyphsInRegions(document, index, page, current) : [];
    for (const glyph of [...current.flatMap(({ glyphs }) => glyphs), ...inRegions])
      expected.take(codes[glyph.index] ?? 0);
    if (current.length === 0 && (pass > 0 || page.regions.length === 0)) break;
    if (pass === MOST_PASSES) throw new DocumentFailure('REDACTION_UNVERIFIED');
    const rectangles = [...rectanglesOf(current, page.images), ...(pass === 0 ? page.regions : [])];
    document.withPage(index, (handle) => removeFromPage(document.library, handle, rectangles));
    ({ codes, findings: current } = searchAgain(document, index, search));
    findings.push(...current);
  }
  const { left, lost } = expected.comparedWith(codes);
  if (left > 0) throw new DocumentFailure('REDACTION_UNVERIFIED');
  return { findings, kept: lineView(codes).text, lost };
}

function searchAgain(document: PdfiumDocument, index: number, { detector, values }: Search): FoundPage {
  return withText(document, index, (text) => {
    const { codes } = text;
    const findings = merged([...findOnPage(codes, detector), ...findAgain(codes, values)]);
    return { codes, findings: findings.map((finding) => place(finding, text)) };
  });
}

function glyphsInRegions(
  document: PdfiumDocument,
  index: number,
  { regions }: PreparedPage,
  findings: readonly PlacedFinding[],
): Glyph[] {
  if (regions.length === 0) return [];
  const known = new Set(findings.flatMap(({ glyphs }) => glyphs.map((glyph) => glyph.index)));
  return withText(document, index, (text) => {
    const glyphs: Glyph[] = [];
    for (let at = 0; at < text.codes.length; at++) {
      if (known.has(at) || inkOf(text.codes[at] ?? 0) === undefined) continue;
      const box = text.boxOf(at);
      if (regions.some((region) => intersects(box, region))) glyphs.push({ index: at, box });
    }
    return glyphs;
  });
}

const withText = <T>(document: PdfiumDocument, index: number, work: (text: PageText) => T): T =>
  document.withPage(index, (page) => withPageText(document.library, page, work));
