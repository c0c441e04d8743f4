import { hashOfText, hashText } from './merkle-hash.js';
import {
  type NoteVerdict,
  parseNote,
  type SignedNote,
  signNote,
  type Verifier,
  verifyNote,
} from './signed-note.js';

/** How far a log had come (c2sp.org/tlog-checkpoint): which log, how many leaves, and the root over them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${hashText(root)}\n`;

/** The signed note of a checkpoint, whose signer bears the name of the log. */
export const signCheckpoint = (
  checkpoint: Checkpoint,
  publicKey: Buffer,
  sign: (bytes: Buffer) => Promise<Buffer>,
): Promise<string> => signNote(checkpointText(checkpoint), { name: checkpoint.origin, publicKey }, sign);

/** A checkpoint as it is read, not yet verified. */
export interface ParsedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
}

/** @returns undefined for what is no checkpoint; lines after the root belong to extensions, which are let pass */
export function parseCheckpoint(text: string): ParsedCheckpoint | undefined {
  const note = parseNote(text);
  const [origin = '', size = '', hash] = note?.text.split('\n') ?? [];
  const root = hashOfText(hash);
  const leaves = /^(?:0|[1-9]\d{0,15})$/.test(size) ? Number(size) : Number.NaN;
  if (!note || !root || origin === '' || !Number.isSafeInteger(leaves)) return undefined;
  return { origin, size: leaves, root, note };
}

/** Whether a key signed a checkpoint. */
export const verifyCheckpoint = ({ note }: ParsedCheckpoint, verifier: Verifier): NoteVerdict =>
  verifyNote(note, verifier);
