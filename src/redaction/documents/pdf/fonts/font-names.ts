import { PDFDict, PDFString } from '@cantoo/pdf-lib';
import { name, nameIn, numberIn, valueIn } from '../structure/pdf-objects.js';
import { isOneOf } from './known-fonts.js';

const SUBSET_TAG = /^[A-Z]{6}\+/;
/** Character collections that viewers have tables for. */
const ORDERINGS: ReadonlySet<string> = new Set(['Identity', 'Japan1', 'GB1', 'CNS1', 'Korea1', 'KR', 'UCS']);

/**
 * Gives a font a name that says nothing, unless it is that of a known family: one that is embedded is drawn by its program
 * whatever its name, and for an unknown one that is not, viewers take what its descriptor tells of its kind.
 */
export function renameFont(font: PDFDict, descriptor: PDFDict | undefined): void {
  const given = nameIn(font, 'BaseFont');
  if (given === undefined) return;
  const called = newName(given);
  font.set(name('BaseFont'), name(called));
  descriptor?.set(name('FontName'), name(called));
  descriptor?.delete(name('FontFamily'));
}

function newName(given: string): string {
  const tag = SUBSET_TAG.exec(given)?.[0] ?? '';
  return isOneOf(given.slice(tag.length)) ? given : `${tag}Substitute`;
}

/** A composite font has its name in two places, and the name of its character collection. */
export function renameComposite(font: PDFDict, descendant: PDFDict | undefined): void {
  const called = nameIn(descendant, 'BaseFont');
  if (called !== undefined) font.set(name('BaseFont'), name(called));
}

/** The character collection (ISO 32000-1, 9.7.3) among those that viewers know. */
export function collectionOf(source: PDFDict, target: PDFDict): PDFDict {
  const ordering = valueIn(source, 'Ordering');
  const called =
    ordering !== undefined && 'decodeText' in ordering ? (ordering as PDFString).decodeText() : '';
  return target.context.obj({
    Registry: PDFString.of('Adobe'),
    Ordering: PDFString.of(ORDERINGS.has(called) ? called : 'Identity'),
    Supplement: numberIn(source, 'Supplement') ?? 0,
  });
}
