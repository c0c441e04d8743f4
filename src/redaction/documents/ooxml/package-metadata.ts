import { escapeAttribute } from './xml-text.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A relationship as it is written; all are internal. */
export interface Link {
  readonly id: string;
  /** Last segment of its type. */
  readonly kind: string;
  readonly target: string;
}

/** The XML declaration that every part begins with. */
export const xmlDeclaration = (): string => DECLARATION;

/** A part of relationships. */
export function relationshipsXml(links: readonly Link[]): string {
  const items = links.map(
    ({ id, kind, target }) =>
      `<Relationship Id="${id}" Type="${typeOf(kind)}" Target="${escapeAttribute(target)}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

/** Core properties alone have a type of the package's own. */
const typeOf = (kind: string): string =>
  kind === 'core-properties'
    ? `${PACKAGE}/relationships/metadata/core-properties`
    : `${RELATIONSHIPS}/${kind}`;

/**
 * `[Content_Types].xml`.
 * @param media extensions with their media types
 * @param parts names, without a leading slash, with their types
 */
export function contentTypesXml(
  media: ReadonlyMap<string, string>,
  parts: ReadonlyMap<string, string>,
): string {
  const defaults = [
    ['rels', 'application/vnd.openxmlformats-package.relationships+xml'],
    ['xml', 'application/xml'],
    ...media,
  ].map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`);
  const overrides = Array.from(
    parts,
    ([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`,
  );
  const types = [...defaults, ...overrides].join('');
  return `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">${types}</Types>`;
}

/** `docProps/core.xml` that says nothing: no author, no title, no dates. */
export const emptyCoreProperties = (): string =>
  `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties"/>`;

/** `docProps/app.xml` that says nothing: no company, no manager, no template, no times of editing. */
export const emptyAppProperties = (): string =>
  `${DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`;
