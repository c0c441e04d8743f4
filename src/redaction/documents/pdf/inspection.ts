import { publicName } from '../../engine/type-names.js';
import type { DocumentFinding, DocumentTask, Inspection } from '../document-handler.js';
import { findInDocument, type PlacedFinding } from './finding/document-finder.js';
import { PdfiumDocument } from './pdfium/pdfium-document.js';
import type { PdfiumLibrary } from './pdfium/pdfium-library.js';
import { type PreparedPage, prepare } from './preparation.js';
import { linesOf } from './removal/rectangles.js';

const REGION = 'REGION';

/** What a redaction would remove, page by page. */
export async function inspectDocument(
  library: PdfiumLibrary,
  bytes: Uint8Array,
  task: DocumentTask,
): Promise<Inspection> {
  const prepared = await prepare(library, bytes, task);
  const document = PdfiumDocument.open(library, prepared.bytes);
  const found = findInDocument(document, prepared, task);
  document.close();
  const findings = prepared.pages.flatMap((page, index) => [
    ...(found.pages[index]?.findings ?? []).map((finding) => shown(finding, page, index + 1)),
    ...page.regions.map((region) => regionFinding(region, page, index + 1)),
  ]);
  return { pages: prepared.pages.length, findings };
}

function shown(
  { type, confidence, text, glyphs }: PlacedFinding,
  { geometry }: PreparedPage,
  page: number,
): DocumentFinding {
  const areas = linesOf(glyphs).flatMap((line) => geometry.toArea(line) ?? []);
  return { type: publicName(type), confidence, text, page, areas };
}

function regionFinding(
  region: PreparedPage['regions'][number],
  { geometry }: PreparedPage,
  page: number,
): DocumentFinding {
  const area = geometry.toArea(region);
  return { type: REGION, confidence: 1, text: '', page, areas: area === undefined ? [] : [area] };
}
