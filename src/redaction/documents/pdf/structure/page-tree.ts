import { PDFArray, PDFDict, type PDFObject, PDFRef } from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { arrayIn, dictIn, name, nameIn, valueIn } from './pdf-objects.js';

export const MOST_PAGES = 5_000;
const DEEPEST = 64;
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];

/** A page with what it inherits. */
export interface SourcePage {
  readonly dict: PDFDict;
  /** The value of an attribute, its own or that of the nearest node that has it. */
  readonly attribute: (key: string) => PDFObject | undefined;
  /** A dictionary that holds the inherited attributes, to be read like any other. */
  readonly inherited: PDFDict;
}

/**
 * The pages of a document in order, as the tree has them and whatever it says of their number.
 * @throws DocumentFailure `DOCUMENT_TOO_LARGE` beyond 5,000 pages; `DOCUMENT_DAMAGED` when the tree has a loop
 */
export function pagesOf(catalog: PDFDict): SourcePage[] {
  const pages: SourcePage[] = [];
  const root = dictIn(catalog, 'Pages');
  if (root === undefined) throw new DocumentFailure('DOCUMENT_DAMAGED');
  walk(root, catalog.context.obj({}), new Set(), pages);
  return pages;
}

function walk(node: PDFDict, inherited: PDFDict, above: ReadonlySet<PDFDict>, pages: SourcePage[]): void {
  if (above.has(node) || above.size > DEEPEST) throw new DocumentFailure('DOCUMENT_DAMAGED');
  const own = withOwn(node, inherited);
  const kids = arrayIn(node, 'Kids');
  if (kids === undefined || nameIn(node, 'Type') === 'Page') {
    if (pages.length >= MOST_PAGES) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
    pages.push({ dict: node, inherited: own, attribute: (key) => valueIn(own, key) ?? valueIn(node, key) });
    return;
  }
  const path = new Set([...above, node]);
  for (const kid of kids.asArray()) {
    const child = kid instanceof PDFRef ? node.context.lookup(kid) : kid;
    if (!(child instanceof PDFDict)) throw new DocumentFailure('DOCUMENT_DAMAGED');
    walk(child, own, path, pages);
  }
}

function withOwn(node: PDFDict, inherited: PDFDict): PDFDict {
  const entries = new Map(inherited.asMap());
  for (const key of INHERITED) {
    const value = node.get(name(key));
    if (value !== undefined) entries.set(name(key), value);
  }
  return PDFDict.fromMapWithContext(entries, node.context);
}

/** How many pages the root of the tree claims to have. */
export function claimedPages(catalog: PDFDict): number | undefined {
  const count = valueIn(dictIn(catalog, 'Pages'), 'Count');
  return count === undefined || count instanceof PDFArray ? undefined : Number(count.toString());
}
