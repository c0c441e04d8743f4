import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const OOXML = 'http://schemas.openxmlformats.org';
const RELATIONSHIPS = `${OOXML}/officeDocument/2006/relationships`;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** Declarations for the root of a part. */
export const NAMESPACES = [
  `xmlns:w="${OOXML}/wordprocessingml/2006/main"`,
  `xmlns:r="${RELATIONSHIPS}"`,
  `xmlns:m="${OOXML}/officeDocument/2006/math"`,
  `xmlns:a="${OOXML}/drawingml/2006/main"`,
  `xmlns:wp="${OOXML}/drawingml/2006/wordprocessingDrawing"`,
  `xmlns:pic="${OOXML}/drawingml/2006/picture"`,
  `xmlns:c="${OOXML}/drawingml/2006/chart"`,
  `xmlns:mc="${OOXML}/markup-compatibility/2006"`,
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
  'mc:Ignorable="w14 w15"',
].join(' ');

/** A relationship of a made document. */
export interface MadeLink {
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  readonly isExternal?: boolean;
}

export interface MadeDocx {
  /** Content of `w:body`. */
  readonly body: string;
  /** Relationships of the main part. */
  readonly links?: readonly MadeLink[];
  /** Further relationships of the package. */
  readonly roots?: readonly MadeLink[];
  /** Further parts by name, relationships of other parts among them. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
  readonly comment?: string;
}

export const run = (text: string, properties = ''): string =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
export const paragraph = (...runs: string[]): string => `<w:p>${runs.join('')}</w:p>`;
/** A part other than the main one. */
export const partXml = (root: string, content: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${root} ${NAMESPACES}${attributes}>${content}</${root}>`;

export const linksXml = (links: readonly MadeLink[]): string =>
  `<Relationships xmlns="${OOXML}/package/2006/relationships">${links
    .map(
      ({ id, kind, target, isExternal }) =>
        `<Relationship Id="${id}" Type="${kind.includes('/') ? kind : `${RELATIONSHIPS}/${kind}`}" Target="${target}"${isExternal ? ' TargetMode="External"' : ''}/>`,
    )
    .join('')}</Relationships>`;

const CONTENT_TYPES = `<Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/></Types>`;

/** A Word document. */
export function makeDocx({ body, links = [], roots = [], parts = {}, comment }: MadeDocx): Promise<Buffer> {
  const main = { id: 'rId1', kind: 'officeDocument', target: 'word/document.xml' };
  return makeZip(
    {
      '[Content_Types].xml': CONTENT_TYPES,
      '_rels/.rels': linksXml([main, ...roots]),
      'word/document.xml': partXml('w:document', `<w:body>${body}</w:body>`),
      'word/_rels/document.xml.rels': linksXml(links),
      ...parts,
    },
    comment,
  );
}

export function makeZip(
  parts: Readonly<Record<string, string | Uint8Array>>,
  comment?: string,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts))
    zip.addBuffer(Buffer.from(content as Uint8Array), name);
  zip.end(comment === undefined ? undefined : { forceZip64Format: false, comment });
  return buffer(zip.outputStream);
}
