import { type PDFContext, type PDFDict, type PDFObject, PDFStream } from '@cantoo/pdf-lib';
import type { RemovedKind } from '../../redaction-report.js';
import type { SourcePage } from './page-tree.js';
import { asDict, dictIn, itemsIn, name, nameIn, valueIn } from './pdf-objects.js';
import type { RemovedCounts } from './removed-counts.js';

const KIND_OF_ANNOTATION: Readonly<Record<string, RemovedKind>> = {
  Link: 'links',
  Widget: 'form_fields',
  FileAttachment: 'attachments',
  Popup: 'annotations',
};
const KIND_OF_TYPE: Readonly<Record<string, RemovedKind>> = {
  Metadata: 'metadata',
  OCG: 'layers',
  StructElem: 'tags',
  EmbeddedFile: 'attachments',
};
const MOST_BOOKMARKS = 100_000;

/** Counts what will not be part of the redacted document, in the document as it was handed in. */
export function countCarriers(
  context: PDFContext,
  catalog: PDFDict,
  pages: readonly SourcePage[],
  counts: RemovedCounts,
): void {
  const info = asDict(context.lookup(context.trailerInfo.Info));
  if (info !== undefined && info.keys().length > 0) counts.add('metadata');
  if (context.trailerInfo.ID !== undefined) counts.add('identifiers');
  for (const [, object] of context.enumerateIndirectObjects()) countObject(object, counts);
  counts.add('bookmarks', bookmarksIn(dictIn(catalog, 'Outlines')));
  for (const key of ['PageLabels', 'Dests'])
    if (valueIn(catalog, key) !== undefined) counts.add('custom_data');
  if (valueIn(dictIn(catalog, 'Names'), 'Dests') !== undefined) counts.add('custom_data');
  for (const key of ['OpenAction', 'AA']) if (valueIn(catalog, key) !== undefined) counts.add('scripts');
  for (const page of pages) countPage(page.dict, counts);
}

function countObject(object: PDFObject, counts: RemovedCounts): void {
  const dict = asDict(object);
  if (dict === undefined) return;
  const kind = KIND_OF_TYPE[nameIn(dict, 'Type') ?? ''];
  if (kind !== undefined) counts.add(kind);
  else if (object instanceof PDFStream && nameIn(dict, 'Subtype') === 'XML') counts.add('metadata');
  if (nameIn(dict, 'S') === 'JavaScript') counts.add('scripts');
  if (dict.has(name('PieceInfo'))) counts.add('custom_data');
  if (nameIn(dict, 'FT') === 'Sig' && dict.has(name('V'))) counts.add('signatures');
}

function countPage(page: PDFDict, counts: RemovedCounts): void {
  if (page.has(name('Thumb'))) counts.add('thumbnails');
  if (page.has(name('AA'))) counts.add('scripts');
  for (const annotation of itemsIn(page, 'Annots')) {
    const subtype = nameIn(asDict(annotation), 'Subtype') ?? '';
    counts.add(KIND_OF_ANNOTATION[subtype] ?? 'annotations');
  }
}

function bookmarksIn(outlines: PDFDict | undefined): number {
  const seen = new Set<PDFDict>();
  const waiting = [dictIn(outlines, 'First')];
  for (let item = waiting.pop(); item !== undefined && seen.size < MOST_BOOKMARKS; item = waiting.pop()) {
    if (seen.has(item)) continue;
    seen.add(item);
    for (const key of ['First', 'Next']) {
      const next = dictIn(item, key);
      if (next !== undefined) waiting.push(next);
    }
  }
  return seen.size;
}
