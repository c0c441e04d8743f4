import { PDFDict, type PDFObject, PDFRef } from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { arrayIn, asDict, dictIn, itemsIn, name, nameIn, valueIn } from './pdf-objects.js';

const HIDING_POLICIES: ReadonlySet<string> = new Set(['AllOff', 'AnyOff']);

/**
 * Refuses documents that hold content beside or beneath what their pages show.
 * @throws DocumentFailure `DOCUMENT_HAS_FORMS`, `DOCUMENT_HAS_LAYERS`
 */
export function refuseHiddenContent(catalog: PDFDict, objects: readonly PDFObject[]): void {
  if (valueIn(dictIn(catalog, 'AcroForm'), 'XFA') !== undefined || catalog.has(name('NeedsRendering'))) {
    throw new DocumentFailure('DOCUMENT_HAS_FORMS');
  }
  const layers = dictIn(catalog, 'OCProperties');
  if (layers === undefined) return;
  if (hasHiddenLayer(layers) || objects.some(isHidingMembership)) {
    throw new DocumentFailure('DOCUMENT_HAS_LAYERS');
  }
}

/** By the default configuration (ISO 32000-1, 8.11.4.3): what is off, and what its automatic states turn off for viewing. */
function hasHiddenLayer(layers: PDFDict): boolean {
  const configuration = dictIn(layers, 'D');
  if (arrayIn(configuration, 'OFF')?.size()) return true;
  if (nameIn(configuration, 'BaseState') === 'OFF') {
    const on = new Set(refsIn(configuration, 'ON'));
    if (refsIn(layers, 'OCGs').some((group) => !on.has(group))) return true;
  }
  return itemsIn(configuration, 'AS').some((usage) => {
    const dict = asDict(usage);
    return nameIn(dict, 'Event') === 'View' && itemsIn(dict, 'OCGs').some(isOffForViewing);
  });
}

const isOffForViewing = (group: PDFObject | undefined): boolean =>
  nameIn(dictIn(dictIn(asDict(group), 'Usage'), 'View'), 'ViewState') === 'OFF';

/** Content that is shown while its layers are off. */
function isHidingMembership(object: PDFObject): boolean {
  if (!(object instanceof PDFDict) || nameIn(object, 'Type') !== 'OCMD') return false;
  return object.has(name('VE')) || HIDING_POLICIES.has(nameIn(object, 'P') ?? '');
}

const refsIn = (dict: PDFDict | undefined, key: string): PDFRef[] =>
  arrayIn(dict, key)
    ?.asArray()
    .filter((item) => item instanceof PDFRef) ?? [];
