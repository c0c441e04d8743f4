import { createReadStream } from 'node:fs';
import { UnusableInput } from '../audit/log/export-fault.js';

/** Longer than any checkpoint, and any answer that has one. */
const MOST_CHECKPOINT_BYTES = 2 ** 20;

/** The bytes of a file, or with `-` of stdin. */
export const piecesOf = (path: string): AsyncIterable<Uint8Array> =>
  path === '-' ? process.stdin : createReadStream(path);

/**
 * A checkpoint as it was kept: the note itself, or the answer of `audit-logs/checkpoint` that has it.
 * @throws UnusableInput for a file that is too long to be one
 */
export async function readCheckpoint(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await readShort(path);
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'checkpoint' in answer)
      return String(answer.checkpoint);
  } catch {
    // Then it is a note.
  }
  return text;
}

async function readShort(path: string): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MOST_CHECKPOINT_BYTES) throw new UnusableInput('The checkpoint given is none.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** A file system's name for what went wrong. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

export const count = (n: number, noun: string, nouns: string): string => `${n} ${n === 1 ? noun : nouns}`;
