import { DocumentFailure } from '../../document-failure.js';
import type { PartKind } from '../../docx/docx-kinds.js';
import { openDocx } from '../../docx/docx-source.js';
import type { PackageReader } from '../../ooxml/package-reader.js';
import { readRelationships, relationshipsPart, resolveTarget } from '../../ooxml/relationships.js';
import { readXml } from '../../ooxml/xml-reader.js';
import type { Extractor } from '../document-extractor.js';
import { TextBuilder } from '../text-builder.js';
import { DocxStyles } from './docx-styles.js';
import { StoryReader } from './story-reader.js';

/** In the order in which they are put together: what repeats on every page comes last, and once. */
const READ: readonly PartKind[] = ['document', 'footnotes', 'endnotes', 'header', 'footer'];
/** Bytes of a document's own properties: some lines. */
const MOST_PROPERTIES = 256 * 1024;

/**
 * Word documents (ECMA-376): the text of the body, then notes, then headers and footers.
 * @throws DocumentFailure `DOCUMENT_ENCRYPTED`, `DOCUMENT_DAMAGED`, `DOCUMENT_INVALID`, `DOCUMENT_TOO_COMPLEX`,
 *   `DOCUMENT_TOO_LARGE`
 */
export const extractDocx: Extractor = async (document, { progress }) => {
  const { reader, plan } = await openDocx(document);
  const stylesPart = plan.parts.find(({ kind }) => kind === 'styles');
  const styles = DocxStyles.read(stylesPart && (await reader.read(stylesPart.source)));
  const builder = new TextBuilder();
  const parts = READ.flatMap((kind) => plan.parts.filter((part) => part.kind === kind));
  let hasPictures = plan.images.length > 0;
  for (const [done, { kind, source }] of parts.entries()) {
    const beat = (): void => progress({ stage: 'reading', done, total: parts.length });
    beat();
    const story = new StoryReader(builder, styles, kind, beat);
    story.read(await reader.read(source));
    hasPictures ||= story.hasPictures;
  }
  if (builder.isEmpty && hasPictures) builder.gap('PICTURES_NOT_READ');
  return builder.end(await titleIn(reader));
};

/** What the document's properties say (ECMA-376 part 2, 11); undefined when they do not, or cannot be read. */
async function titleIn(reader: PackageReader): Promise<string | undefined> {
  try {
    return await statedTitle(reader);
  } catch (error) {
    // A name is not worth a document.
    if (error instanceof DocumentFailure) return undefined;
    throw error;
  }
}

async function statedTitle(reader: PackageReader): Promise<string | undefined> {
  const roots = readRelationships(await reader.read(relationshipsPart('')));
  const link = roots.find(({ kind, isExternal }) => kind === 'core-properties' && !isExternal);
  const part = link && resolveTarget('', link.target);
  if (part === undefined || !reader.has(part) || reader.sizeOf(part) > MOST_PROPERTIES) return undefined;
  let title: string | undefined;
  let isTitle = false;
  readXml(await reader.read(part), {
    open(name) {
      isTitle = name === 'title' || name.endsWith(':title');
    },
    text(text) {
      if (isTitle) title = (title ?? '') + text;
    },
    close() {
      isTitle = false;
    },
  });
  return title;
}
