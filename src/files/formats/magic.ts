import type { FileFormat } from './file-format.js';

/** Readers look for a PDF's header this far (ISO 32000-1, Annex H, note 13). */
export const HEAD_BYTES = 1024;

type Magic = FileFormat | 'zip' | 'office-legacy';

const SIGNATURES: readonly (readonly [magic: Magic, bytes: Buffer])[] = [
  ['png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['jpeg', Buffer.from('ffd8ff', 'hex')],
  ['tiff', Buffer.from('49492a00', 'hex')],
  ['tiff', Buffer.from('4d4d002a', 'hex')],
  ['zip', Buffer.from('504b0304', 'hex')],
  ['zip', Buffer.from('504b0506', 'hex')],
  ['office-legacy', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
];

/**
 * What a file's first {@link HEAD_BYTES} say that it is: nothing for a text, and `undefined` for what claims to be two
 * things at once, which different readers would read differently.
 */
export function magicOf(head: Buffer): Magic | 'none' | undefined {
  const start = SIGNATURES.find(([, bytes]) => head.subarray(0, bytes.length).equals(bytes))?.[0];
  const isPdf = /%PDF-\d/.test(head.toString('latin1'));
  if (start && isPdf) return undefined;
  return start ?? (isPdf ? 'pdf' : 'none');
}
