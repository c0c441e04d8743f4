import type { FileFormat } from './file-format.js';

/**
 * How much of a ZIP file's end is kept, in bytes: its directory stands there. That of an Office document of ten
 * thousand parts takes less.
 */
export const TAIL_BYTES = 1024 * 1024;

/** Signatures and sizes of the records at a ZIP file's end (PKWARE APPNOTE 6.3.10, §4.3.12–4.3.16). */
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const END = 0x06054b50;
const END_BYTES = 22;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_64_BYTES = 20;
const IN_64 = 0xffffffff;
const ENCRYPTED = 1;

const FOLDERS: readonly (readonly [folder: string, format: FileFormat])[] = [
  ['word/', 'docx'],
  ['xl/', 'xlsx'],
  ['ppt/', 'pptx'],
];

interface Directory {
  readonly start: number;
  readonly end: number;
}

/** Where the end record begins: it is the last thing of the file, but for a comment whose length it tells. */
function findEnd(tail: Buffer): number | undefined {
  const first = Math.max(0, tail.length - END_BYTES - 0xffff);
  for (let at = tail.length - END_BYTES; at >= first; at -= 1) {
    if (tail.readUInt32LE(at) !== END) continue;
    if (at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return undefined;
}

/** Read backwards from its end, so that bytes before the ZIP file, which readers allow, move nothing. */
function findDirectory(tail: Buffer): Directory | undefined {
  const end = findEnd(tail);
  if (end === undefined) return undefined;
  const size = tail.readUInt32LE(end + 12);
  if (size !== IN_64) return { start: end - size, end };
  const locator = end - LOCATOR_64_BYTES;
  const end64 = locator - END_64_BYTES;
  if (end64 < 0 || tail.readUInt32LE(locator) !== LOCATOR_64 || tail.readUInt32LE(end64) !== END_64) {
    return undefined;
  }
  return { start: end64 - Number(tail.readBigUInt64LE(end64 + 40)), end: end64 };
}

/** The names a directory lists; undefined when it is damaged, longer than what was kept, or names an encrypted part. */
function partNames(tail: Buffer): string[] | undefined {
  const directory = findDirectory(tail);
  if (!directory || directory.start < 0) return undefined;
  const names: string[] = [];
  for (let at = directory.start; at < directory.end; ) {
    if (at + ENTRY_BYTES > directory.end || tail.readUInt32LE(at) !== ENTRY) return undefined;
    if (tail.readUInt16LE(at + 8) & ENCRYPTED) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => tail.readUInt16LE(at + offset));
    const from = at + ENTRY_BYTES;
    names.push(tail.toString('latin1', from, from + (name ?? 0)));
    at = from + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

/**
 * The kind of Office document a ZIP file is, by the parts it lists (ECMA-376-2: a package has `[Content_Types].xml`);
 * undefined for any other ZIP file, and for one that would be two kinds.
 *
 * @param tail the file's last {@link TAIL_BYTES}, or all of it when it is shorter
 */
export function officeFormatOf(tail: Buffer): FileFormat | undefined {
  if (tail.length < END_BYTES) return undefined;
  const names = partNames(tail);
  if (!names?.includes('[Content_Types].xml')) return undefined;
  const formats = FOLDERS.filter(([folder]) => names.some((name) => name.startsWith(folder)));
  return formats.length === 1 ? formats[0]?.[1] : undefined;
}
