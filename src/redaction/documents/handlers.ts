import { DocumentFailure } from './document-failure.js';
import type { DocumentHandler } from './document-handler.js';

/** Loaded when needed, so that a text does not wait for PDF's engines. */
const LOADERS: ReadonlyMap<string, () => Promise<DocumentHandler>> = new Map([
  ['pdf', async () => new (await import('./pdf/pdf.handler.js')).PdfHandler()],
  ['docx', async () => new (await import('./docx/docx.handler.js')).DocxHandler()],
  ['txt', async () => new (await import('./text/text.handler.js')).TextHandler('txt')],
  ['md', async () => new (await import('./text/text.handler.js')).TextHandler('md')],
  ['csv', async () => new (await import('./csv/csv.handler.js')).CsvHandler()],
  ['json', async () => new (await import('./json/json.handler.js')).JsonHandler()],
]);

/** Formats that can be redacted. */
export const REDACTABLE_FORMATS: readonly string[] = [...LOADERS.keys()];

/** @throws DocumentFailure `FORMAT_NOT_REDACTABLE` */
export async function loadHandler(format: string): Promise<DocumentHandler> {
  const load = LOADERS.get(format);
  if (load === undefined) throw new DocumentFailure('FORMAT_NOT_REDACTABLE');
  return await load();
}
