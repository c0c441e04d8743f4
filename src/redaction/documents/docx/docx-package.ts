import { EMPTY_PNG, plainImage } from '../images/plain-image.js';
import {
  contentTypesXml,
  emptyAppProperties,
  emptyCoreProperties,
  type Link,
  relationshipsXml,
} from '../ooxml/package-metadata.js';
import type { PackageReader } from '../ooxml/package-reader.js';
import type { Part } from '../ooxml/package-writer.js';
import { relationshipsPart } from '../ooxml/relationships.js';
import type { RemovedTally } from '../removed-tally.js';
import { CONTENT_TYPES } from './docx-kinds.js';
import { type DocxPlan, isImage, type PlannedImage, type PlannedPart } from './docx-plan.js';

const EMPTY_IMAGE = 'media/removed.png';
const CORE_TYPE = 'application/vnd.openxmlformats-package.core-properties+xml';
const APP_TYPE = 'application/vnd.openxmlformats-officedocument.extended-properties+xml';

/** Images as they are kept; `names` are relative to the folder of the document's parts. */
export interface KeptImages {
  readonly parts: readonly Part[];
  readonly names: ReadonlyMap<PlannedImage, string>;
  /** Some picture is still one. */
  readonly isAnyKept: boolean;
}

/** @param keepsNone every image gives way to an empty one */
export async function keepImages(
  reader: PackageReader,
  images: readonly PlannedImage[],
  keepsNone: boolean,
  removed: RemovedTally,
): Promise<KeptImages> {
  const parts: Part[] = [];
  const names = new Map<PlannedImage, string>();
  for (const image of images) {
    const plain = keepsNone ? undefined : await plainImage(await reader.read(image.source));
    if (plain === undefined) {
      removed.add('embedded_objects');
      names.set(image, EMPTY_IMAGE);
      continue;
    }
    removed.add('image_metadata', plain.removed);
    const name = `media/image${image.number}.${plain.extension}`;
    names.set(image, name);
    parts.push({ name: `word/${name}`, bytes: plain.bytes, compress: false });
  }
  const isAnyKept = parts.length > 0;
  if (parts.length < images.length)
    parts.push({ name: `word/${EMPTY_IMAGE}`, bytes: EMPTY_PNG, compress: false });
  return { parts, names, isAnyKept };
}

/** All parts of the new document. */
export function docxParts(plan: DocxPlan, written: readonly Uint8Array[], images: KeptImages): Part[] {
  const types = new Map(plan.parts.map(({ name, kind }) => [name, CONTENT_TYPES[kind]]));
  types.set('docProps/core.xml', CORE_TYPE).set('docProps/app.xml', APP_TYPE);
  const media = new Map([
    ['png', 'image/png'],
    ['jpeg', 'image/jpeg'],
  ]);
  return [
    xmlPart('[Content_Types].xml', contentTypesXml(media, types)),
    xmlPart('_rels/.rels', relationshipsXml(ROOT_LINKS)),
    xmlPart('docProps/core.xml', emptyCoreProperties()),
    xmlPart('docProps/app.xml', emptyAppProperties()),
    ...plan.parts.map(({ name }, index) => ({
      name,
      bytes: written[index] ?? new Uint8Array(),
      compress: true,
    })),
    ...plan.parts.filter(({ targets }) => targets.size > 0).map((part) => linksOf(part, images)),
    ...images.parts,
  ];
}

const ROOT_LINKS: readonly Link[] = [
  { id: 'rId1', kind: 'officeDocument', target: 'word/document.xml' },
  { id: 'rId2', kind: 'core-properties', target: 'docProps/core.xml' },
  { id: 'rId3', kind: 'extended-properties', target: 'docProps/app.xml' },
];

function linksOf(part: PlannedPart, images: KeptImages): Part {
  const links = Array.from(part.targets.values(), (target, index) => ({
    id: `rId${index + 1}`,
    kind: isImage(target) ? 'image' : target.kind,
    target: isImage(target) ? (images.names.get(target) ?? EMPTY_IMAGE) : target.name.replace('word/', ''),
  }));
  return xmlPart(relationshipsPart(part.name), relationshipsXml(links));
}

const xmlPart = (name: string, xml: string): Part => ({
  name,
  bytes: Buffer.from(xml, 'utf8'),
  compress: true,
});
