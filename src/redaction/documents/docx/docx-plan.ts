import { DocumentFailure } from '../document-failure.js';
import type { PackageReader } from '../ooxml/package-reader.js';
import {
  type Relationship,
  readRelationships,
  relationshipsPart,
  resolveTarget,
} from '../ooxml/relationships.js';
import { isPartKind, type PartKind } from './docx-kinds.js';

/** An image of the document. */
export interface PlannedImage {
  readonly source: string;
  /** From 1. */
  readonly number: number;
}

/** A part that is kept. */
export interface PlannedPart {
  readonly kind: PartKind;
  /** Its name in the document. */
  readonly source: string;
  /** Its new name, which says nothing: `word/header2.xml`. */
  readonly name: string;
  /** What its kept relationships lead to, by their ids in the document; new ids are `rId` and the place from 1. */
  readonly targets: Map<string, PlannedPart | PlannedImage>;
}

/** What is kept of a document, the main part first. Names and ids are all made anew. */
export interface DocxPlan {
  readonly parts: readonly PlannedPart[];
  readonly images: readonly PlannedImage[];
  /** Relationships that led out of the document. */
  readonly externals: { readonly links: number; readonly others: number };
  readonly isSigned: boolean;
}

const SINGLE = new Set<PartKind>([
  'styles',
  'numbering',
  'settings',
  'fontTable',
  'theme',
  'footnotes',
  'endnotes',
]);

/** Bytes of one part's relationships: some ten thousand. */
const MOST_RELATIONSHIPS = 4 * 1024 * 1024;

export const isImage = (target: PlannedPart | PlannedImage): target is PlannedImage => 'number' in target;

/** @throws DocumentFailure `DOCUMENT_DAMAGED` when there is no main part */
export async function planDocx(reader: PackageReader): Promise<DocxPlan> {
  const roots = await relationshipsOf(reader, '');
  const main = roots.find(({ kind, isExternal }) => kind === 'officeDocument' && !isExternal);
  const source = main && resolveTarget('', main.target);
  if (source === undefined || !reader.has(source)) throw new DocumentFailure('DOCUMENT_DAMAGED');
  const planner = new Planner(reader);
  await planner.follow(planner.add('document', source));
  const isSigned = roots.some(({ kind }) => kind === 'origin');
  return { ...planner, isSigned };
}

class Planner {
  readonly parts: PlannedPart[] = [];
  readonly images: PlannedImage[] = [];
  readonly externals = { links: 0, others: 0 };
  readonly #reader: PackageReader;
  readonly #counts = new Map<PartKind, number>();
  readonly #bySource = new Map<string, PlannedPart | PlannedImage>();

  constructor(reader: PackageReader) {
    this.#reader = reader;
  }

  add(kind: PartKind, source: string): PlannedPart {
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const suffix = kind === 'document' || SINGLE.has(kind) ? '' : String(number);
    const part = { kind, source, name: `word/${kind}${suffix}.xml`, targets: new Map() };
    this.parts.push(part);
    this.#bySource.set(source.toLowerCase(), part);
    return part;
  }

  async follow(part: PlannedPart): Promise<void> {
    for (const relationship of await relationshipsOf(this.#reader, part.source)) {
      if (relationship.isExternal) {
        this.externals[relationship.kind === 'hyperlink' ? 'links' : 'others']++;
        continue;
      }
      const target = await this.#target(part, relationship);
      if (target !== undefined) part.targets.set(relationship.id, target);
    }
  }

  async #target(
    part: PlannedPart,
    { kind, target }: Relationship,
  ): Promise<PlannedPart | PlannedImage | undefined> {
    const source = resolveTarget(part.source, target);
    if (!this.#reader.has(source)) return undefined;
    const known = this.#bySource.get(source.toLowerCase());
    if (kind === 'image')
      return known === undefined ? this.#image(source) : isImage(known) ? known : undefined;
    // The main part alone leads to others: nothing else that is kept may.
    if (part.kind !== 'document' || !isPartKind(kind)) return undefined;
    if (known !== undefined) return !isImage(known) && known.kind === kind ? known : undefined;
    if (SINGLE.has(kind) && this.parts.some((other) => other.kind === kind)) return undefined;
    const added = this.add(kind, source);
    await this.follow(added);
    return added;
  }

  #image(source: string): PlannedImage {
    const image = { source, number: this.images.length + 1 };
    this.images.push(image);
    this.#bySource.set(source.toLowerCase(), image);
    return image;
  }
}

async function relationshipsOf(reader: PackageReader, part: string): Promise<Relationship[]> {
  const name = relationshipsPart(part);
  if (reader.sizeOf(name) > MOST_RELATIONSHIPS) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  return reader.has(name) ? readRelationships(await reader.read(name)) : [];
}
