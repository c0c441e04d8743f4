import type { RemovedKind } from '../redaction-report.js';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** What a part of a Word document is, by the kind of the relationship that leads to it. */
export const TEXT_PARTS = ['document', 'header', 'footer', 'footnotes', 'endnotes'] as const;
const STYLE_PARTS = ['styles', 'numbering', 'settings', 'fontTable', 'theme'] as const;
export type PartKind = (typeof TEXT_PARTS)[number] | (typeof STYLE_PARTS)[number];

/** The parts that are kept, rewritten, with their content types. Every other part is left behind. */
export const CONTENT_TYPES: Readonly<Record<PartKind, string>> = {
  document: `${WORD}.document.main+xml`,
  header: `${WORD}.header+xml`,
  footer: `${WORD}.footer+xml`,
  footnotes: `${WORD}.footnotes+xml`,
  endnotes: `${WORD}.endnotes+xml`,
  styles: `${WORD}.styles+xml`,
  numbering: `${WORD}.numbering+xml`,
  settings: `${WORD}.settings+xml`,
  fontTable: `${WORD}.fontTable+xml`,
  theme: 'application/vnd.openxmlformats-officedocument.theme+xml',
};

export const isPartKind = (kind: string): kind is Exclude<PartKind, 'document'> =>
  kind !== 'document' && Object.hasOwn(CONTENT_TYPES, kind);

/** What is left behind counts as, by name of the part; anything else is an unused object. */
const LEFT_BEHIND: readonly (readonly [RegExp, RemovedKind])[] = [
  [/^docprops\/thumbnail/, 'thumbnails'],
  [/^docprops\//, 'metadata'],
  [/(?:^|\/)(?:comments[^/]*|people)\.xml$/, 'comments'],
  [/(?:^|\/)(?:vbaproject\.bin|vbadata\.xml|customui[^/]*)/, 'macros'],
  [/^_xmlsignatures\/|\.sigs$/, 'signatures'],
  [/^customxml\/|\/glossary\//, 'custom_data'],
  [/\/(?:embeddings|activex|charts|diagrams|fonts|ink|media|afchunk)[^/]*\/|afchunk/, 'embedded_objects'],
];

/** Parts that belong to the package or to another part, and say nothing of their own. */
const SCAFFOLD = /^\[content_types\]\.xml$|(?:^|\/)_rels\/[^/]*\.rels$/;

/** Undefined for parts that are only the package's own book-keeping. */
export function leftBehindAs(name: string): RemovedKind | undefined {
  const lower = name.toLowerCase();
  if (SCAFFOLD.test(lower)) return undefined;
  return LEFT_BEHIND.find(([pattern]) => pattern.test(lower))?.[1] ?? 'unused_objects';
}
