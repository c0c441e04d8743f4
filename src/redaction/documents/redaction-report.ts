/** What was removed of one type of personal data. */
export interface RemovedEntities {
  /** As clients know it: `PERSON_NAME`. */
  readonly type: string;
  readonly count: number;
  /** By page, from 1, in order; empty for formats without pages. */
  readonly pages: readonly { readonly page: number; readonly count: number }[];
}

/** What may carry personal data beside the text, and is removed or rebuilt as a whole. */
export const REMOVED_KINDS = [
  'metadata',
  'annotations',
  'links',
  'attachments',
  'bookmarks',
  'form_fields',
  'scripts',
  'layers',
  'tags',
  'thumbnails',
  'signatures',
  'earlier_revisions',
  'unused_objects',
  'foreign_bytes',
  'image_metadata',
  'font_residue',
  'encryption',
  'comments',
  'tracked_changes',
  'embedded_objects',
  'custom_data',
  'external_references',
  'macros',
  'identifiers',
] as const;
export type RemovedKind = (typeof REMOVED_KINDS)[number];

/** What can remain although everything was done as asked. */
export const RESIDUAL_RISKS = {
  WIDTH_OF_GAPS:
    'The width of a gap tells about how long the removed text was. A strict policy hides that too.',
  IMAGES_NOT_READ: 'Pictures were kept, and text in them was not read.',
  DRAWINGS_NOT_READ: 'Drawings were kept. Text that was turned into outlines was not read.',
  FONTS_NOT_PRUNED:
    'Some embedded fonts could not be cut down, and tell which letters the document once used.',
  ACCESSIBILITY_LOST: 'Tags for screen readers were removed, since they repeat the text.',
  SIGNATURES_LOST: 'The document was signed; its signatures no longer hold.',
  NOT_SEARCHABLE: 'Pages were turned into pictures, whose text cannot be selected or searched.',
} as const;
export type ResidualRisk = keyof typeof RESIDUAL_RISKS;

/** One way the finished document was looked at again. */
export interface Check {
  /** `second_engine`, `raw_bytes`, `decoded_streams`, `text_kept`, … */
  readonly name: string;
  readonly passed: boolean;
}

/** What happened to one document. Holds types, counts and pages, never a value. Plain JSON. */
export interface RedactionReport {
  readonly format: string;
  /** Null for formats without pages. */
  readonly pages: number | null;
  /** Removed in all, regions not counted. */
  readonly redactions: number;
  readonly entities: readonly RemovedEntities[];
  /** Areas that were marked by hand, by page they applied to. */
  readonly regions: number;
  /** Pages whose text stayed text, and pages that were turned into pictures; both 0 for formats without pages. */
  readonly native_pages: number;
  readonly raster_pages: number;
  readonly removed: readonly { readonly kind: RemovedKind; readonly count: number }[];
  /** Characters that went with their neighbours though nobody asked for it. */
  readonly characters_lost: number;
  readonly verification: { readonly passed: true; readonly checks: readonly Check[] };
  readonly residual_risks: readonly ResidualRisk[];
}
