import { type PDFContext, PDFDict, type PDFName, type PDFObject } from '@cantoo/pdf-lib';
import { name } from './pdf-objects.js';

export type ResourceKind = 'Font' | 'XObject' | 'ExtGState' | 'ColorSpace' | 'Pattern' | 'Shading';

/** The resources that content uses, under names of our own: names that somebody gave may say something. */
export class ResourceNames {
  readonly #names = new Map<string, string>();
  readonly #entries = new Map<ResourceKind, Map<PDFName, PDFObject>>();

  /** The name operand of a resource, with its slash. */
  nameFor(kind: ResourceKind, object: PDFObject): string {
    const key = `${kind} ${object.toString()}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const given = `${kind.charAt(0)}${this.#names.size}`;
    this.set(kind, given, object);
    this.#names.set(key, `/${given}`);
    return `/${given}`;
  }

  /** A resource whose name has a meaning. */
  set(kind: ResourceKind, given: string, object: PDFObject): void {
    const entries = this.#entries.get(kind) ?? new Map<PDFName, PDFObject>();
    entries.set(name(given), object);
    this.#entries.set(kind, entries);
  }

  toDict(context: PDFContext): PDFDict {
    const kinds = new Map<PDFName, PDFObject>();
    for (const [kind, entries] of this.#entries) {
      kinds.set(name(kind), PDFDict.fromMapWithContext(entries, context));
    }
    return PDFDict.fromMapWithContext(kinds, context);
  }
}
