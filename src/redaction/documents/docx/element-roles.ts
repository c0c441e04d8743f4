import type { RemovedKind } from '../redaction-report.js';

/**
 * What is done with an element beside being written as it is:
 * - `unwrap`: its content stays, it goes; `skip`: it goes with its content
 * - `text`, `code`: holds text of a run, or of a field's instruction
 * - `paragraph`: text in it is one line; `container`: paragraphs in it are read together
 * - `deletion`, `insertion`: tracked changes, accepted: deleted text is searched and then left out
 * - `drawing`: goes as a whole when it shows something that is not kept
 * - `foreign`: stands for such a thing
 */
export type Role =
  | 'skip'
  | 'unwrap'
  | 'text'
  | 'code'
  | 'paragraph'
  | 'container'
  | 'ruby'
  | 'deletion'
  | 'insertion'
  | 'drawing'
  | 'field'
  | 'simple-field'
  | 'alternatives'
  | 'choice'
  | 'fallback'
  | 'reference';

const words = (list: string): string[] => list.trim().split(/\s+/);

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...words('w:t w:delText a:t m:t').map((name) => [name, 'text'] as const),
  ...words('w:instrText w:delInstrText').map((name) => [name, 'code'] as const),
  ...words('w:p a:p').map((name) => [name, 'paragraph'] as const),
  ...words('w:tc a:tc w:txbxContent w:footnote w:endnote').map((name) => [name, 'container'] as const),
  ['w:rt', 'ruby'],
  ...words('w:del w:moveFrom').map((name) => [name, 'deletion'] as const),
  ...words('w:ins w:moveTo').map((name) => [name, 'insertion'] as const),
  ...words('w:drawing w:pict').map((name) => [name, 'drawing'] as const),
  ['w:fldChar', 'field'],
  ['w:fldSimple', 'simple-field'],
  ['mc:AlternateContent', 'alternatives'],
  ['mc:Choice', 'choice'],
  ['mc:Fallback', 'fallback'],
  ...words('w:headerReference w:footerReference').map((name) => [name, 'reference'] as const),
  ...words('w:hyperlink w:sdt w:sdtContent w:smartTag w:customXml').map((name) => [name, 'unwrap'] as const),
]);

/** Elements that are left out with their content, and what they count as; undefined where they do not count. */
const SKIPPED: ReadonlyMap<string, RemovedKind | undefined> = new Map<string, RemovedKind | undefined>([
  ...words(`w:smartTagPr w:customXmlPr w:sdtEndPr w:customXmlInsRangeStart w:customXmlInsRangeEnd
    w:customXmlDelRangeStart w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart w:customXmlMoveFromRangeEnd
    w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd w:moveFromRangeStart w:moveFromRangeEnd
    w:moveToRangeStart w:moveToRangeEnd w:bookmarkEnd w:commentRangeStart w:commentRangeEnd w:annotationRef
    w:permStart w:permEnd w:proofErr w:rsid w:rsids w:docVars w:mailMerge w:latentStyles w:printerSettings
    a:extLst wp:extLst pic:extLst a:custClrLst`).map((name) => [name, undefined] as const),
  ...words('w:sdtPr w:ffData').map((name) => [name, 'form_fields'] as const),
  ...words('w:object w:control w:movie w:binData w:altChunk w:subDoc o:OLEObject').map(
    (name) => [name, 'embedded_objects'] as const,
  ),
  ...words('w:embedRegular w:embedBold w:embedItalic w:embedBoldItalic').map(
    (name) => [name, 'embedded_objects'] as const,
  ),
  ...words(
    'w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:tblPrExChange w:tcPrChange w:trPrChange',
  ).map((name) => [name, 'tracked_changes'] as const),
  ...words('w:tblGridChange w:numberingChange w:cellIns w:cellDel w:cellMerge').map(
    (name) => [name, 'tracked_changes'] as const,
  ),
  ...words('a:hlinkClick a:hlinkHover a:hlinkMouseOver').map((name) => [name, 'links'] as const),
  ...words('w:tblCaption w:tblDescription').map((name) => [name, 'tags'] as const),
  ['w:bookmarkStart', 'bookmarks'],
  ['w:commentReference', 'comments'],
  ['o:signatureline', 'signatures'],
]);

/** Vocabularies of things that lie in parts of their own, which are not kept. */
const FOREIGN = /^(?:c|dgm|lc):/;

/** What a document's settings keep: how it is laid out. Mail merge, variables, hashes of passwords and the like go. */
const SETTINGS = new Set(
  words(`w:zoom w:mirrorMargins w:alignBordersAndEdges w:bordersDoNotSurroundHeader w:bordersDoNotSurroundFooter
    w:gutterAtTop w:displayBackgroundShape w:evenAndOddHeaders w:bookFoldRevPrinting w:bookFoldPrinting
    w:bookFoldPrintingSheets w:defaultTabStop w:autoHyphenation w:consecutiveHyphenLimit w:hyphenationZone
    w:doNotHyphenateCaps w:characterSpacingControl w:noLineBreaksAfter w:noLineBreaksBefore w:strictFirstAndLastChars
    w:footnotePr w:endnotePr w:compat w:themeFontLang w:clrSchemeMapping w:decimalSymbol w:listSeparator
    w:drawingGridHorizontalSpacing w:drawingGridVerticalSpacing w:doNotShadeFormData m:mathPr`),
);

export const roleOf = (name: string): Role | undefined => ROLES.get(name);
export const isSkipped = (name: string): boolean => SKIPPED.has(name);
export const skippedAs = (name: string): RemovedKind | undefined => SKIPPED.get(name);
export const isForeign = (name: string): boolean => FOREIGN.test(name);
export const isKeptSetting = (name: string): boolean => SETTINGS.has(name);
