import { readXml } from './xml-reader.js';

/** One relationship of a package or a part (ECMA-376 part 2, 6.5). */
export interface Relationship {
  readonly id: string;
  /** Last segment of the type's name, which transitional and strict documents share: `header`, `image`, `hyperlink`. */
  readonly kind: string;
  readonly target: string;
  readonly isExternal: boolean;
}

/** Folder and name of the part that holds the relationships of a part; of the package for ''. */
export function relationshipsPart(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/** @throws DocumentFailure as {@link readXml} does */
export function readRelationships(bytes: Uint8Array): Relationship[] {
  const found: Relationship[] = [];
  readXml(bytes, {
    open(name, attributes) {
      if (localName(name) !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode = '' } = attributes;
      const kind = type.slice(type.lastIndexOf('/') + 1);
      found.push({ id, kind, target, isExternal: mode.toLowerCase() === 'external' });
    },
    text() {},
    close() {},
  });
  return found;
}

/** Name of the part that a relationship leads to, without a leading slash. */
export function resolveTarget(source: string, target: string): string {
  const path = withoutEscapes(target.replace(/[?#].*$/s, ''));
  const start = path.startsWith('/') ? [] : source.split('/').slice(0, -1);
  const segments = start;
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

function withoutEscapes(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
