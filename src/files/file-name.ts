/** Longest name, in bytes of UTF-8: what file systems take. */
const MAX_BYTES = 255;
/** An extension longer than this, in characters, is part of the name. */
const MAX_EXTENSION = 10;

/** Names that Windows gives to devices, with any extension; its superscript digits count as digits. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|$)/i;
/** What shows nothing, or shows a name as another: controls, zero-width and bidirectional marks, line separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}]/gu;

/** The extension of a name in lower case, without its dot; empty when there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  return extension.length <= MAX_EXTENSION && /^[a-z0-9]+$/.test(extension) ? extension : '';
}

/**
 * A file's name as it is kept and sent back: one that every system can store, and that shows what it is. Paths lose
 * their folders, and what is left of nothing is `document`. Cleaning twice changes nothing more.
 */
export function cleanFileName(given: string): string {
  const segments = given.toWellFormed().replace(INVISIBLE, '').normalize('NFC').split(/[/\\]/);
  const last = segments.map(trimEnds).findLast((segment) => segment !== '') ?? '';
  const safe = DEVICE.test(last) ? `_${last}` : last;
  return shorten(safe) || 'document';
}

/** Leading dots hide a file, trailing dots and spaces vanish on Windows. */
const trimEnds = (name: string): string => name.replace(/^[.\s]+/u, '').replace(/[.\s]+$/u, '');

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const extension = extensionOf(name);
  const ending = extension === '' ? '' : name.slice(-extension.length - 1);
  const stem = cut(name.slice(0, name.length - ending.length), MAX_BYTES - ending.length);
  return trimEnds(stem) + ending;
}

/** The longest beginning of whole characters that fits. */
function cut(text: string, bytes: number): string {
  let [used, end] = [0, 0];
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * What two names of one project may not share: compatibility forms and case aside, they look alike. Upper case first,
 * since some letters have two lower cases.
 */
export const comparableName = (name: string): string =>
  name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').trim();
