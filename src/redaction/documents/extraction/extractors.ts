import { DocumentFailure } from '../document-failure.js';
import { withDocumentFailures } from '../engine-failures.js';
import type { ExtractionTask, Extractor } from './document-extractor.js';
import type { ExtractedDocument } from './extracted-document.js';

/** Loaded when needed, so that a text does not wait for PDF's engine. */
const LOADERS: ReadonlyMap<string, () => Promise<Extractor>> = new Map([
  ['pdf', async () => (await import('./pdf/pdf-extractor.js')).extractPdf],
  ['docx', async () => (await import('./docx/docx-extractor.js')).extractDocx],
  ['html', async () => (await import('./html/html-extractor.js')).extractHtml],
  ['txt', async () => (await import('./text/text-extractors.js')).extractText],
  ['md', async () => (await import('./text/text-extractors.js')).extractMarkdown],
  ['json', async () => (await import('./text/text-extractors.js')).extractText],
  ['csv', async () => (await import('./text/csv-extractor.js')).extractCsv],
]);

/** Formats that can be read as text. */
export const EXTRACTABLE_FORMATS: readonly string[] = [...LOADERS.keys()];

/** @throws DocumentFailure `FORMAT_NOT_READABLE` */
export async function loadExtractor(format: string): Promise<Extractor> {
  const load = LOADERS.get(format);
  if (load === undefined) throw new DocumentFailure('FORMAT_NOT_READABLE');
  return await load();
}

/**
 * A document as text.
 * @param format one of {@link EXTRACTABLE_FORMATS}
 * @throws DocumentFailure `FORMAT_NOT_READABLE`, `DOCUMENT_DAMAGED`, `DOCUMENT_ENCRYPTED`, `DOCUMENT_PASSWORD_WRONG`,
 *   `DOCUMENT_UNDECODABLE`, `DOCUMENT_INVALID`, `DOCUMENT_EMPTY`, `DOCUMENT_HAS_FORMS`, `DOCUMENT_TOO_LARGE`,
 *   `DOCUMENT_TOO_COMPLEX`
 */
export async function extractDocument(
  document: Uint8Array,
  format: string,
  task: ExtractionTask,
): Promise<ExtractedDocument> {
  const extract = await loadExtractor(format);
  return withDocumentFailures(() => extract(document, task));
}
