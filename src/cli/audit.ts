import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ExportFault, UnusableInput } from '../audit/log/export-fault.js';
import { type VerifiedExport, verifyExport } from '../audit/log/export-verifier.js';
import { verifierKey } from '../audit/log/signed-note.js';

const USAGE =
  'redoubt audit verify EXPORT [--checkpoint FILE] [--key VERIFIER_KEY]   (EXPORT may be - for stdin)';

/** What the command says, and the exit code it ends with: 0 verified, 1 something is wrong, 2 nothing can be said. */
export interface Said {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

interface Asked {
  readonly path: string;
  readonly checkpointPath: string | undefined;
  readonly key: string | undefined;
}

/** @throws UnusableInput */
function readArguments([verb, ...args]: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { checkpoint: { type: 'string' }, key: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
    const [path, ...more] = positionals;
    if (verb === 'verify' && path !== undefined && more.length === 0)
      return { path, checkpointPath: values.checkpoint, key: values.key };
  } catch {
    // Said below.
  }
  throw new UnusableInput(`That is not how it is called. ${USAGE}`);
}

/** A checkpoint as it was kept: the note itself, or the answer of `audit-logs/checkpoint` that has it. */
async function readCheckpoint(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'checkpoint' in answer)
      return String(answer.checkpoint);
  } catch {
    // Then it is a note.
  }
  return text;
}

/** A file system's name for what went wrong. */
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const count = (n: number, noun: string, nouns: string): string => `${n} ${n === 1 ? noun : nouns}`;

function reportOf({ head, checkpoint, old, isKeyGiven }: VerifiedExport): string {
  const { first_leaf: first, leaves, size } = head;
  const range = leaves === 0 ? 'none' : `leaves ${first} to ${first + leaves - 1}`;
  const isWhole = leaves === size;
  const bounds =
    (head.from ?? head.to)
      ? `, asked for from ${head.from ?? 'the beginning'} to ${head.to ?? 'the end'}`
      : '';
  const key = isKeyGiven
    ? 'the one given'
    : 'NOT compared: it is the one that the export names; give --key to hold it against one you know';
  return [
    'Verified. Nothing was changed, left out, put in or exchanged.',
    `  log         ${head.origin}`,
    `  entries     ${count(leaves, 'entry', 'entries')}, ${range} of ${size}${isWhole ? ', all there are' : ''}${bounds}`,
    `  exported    ${head.exported_at}`,
    `  checkpoint  ${checkpoint.size} leaves, root ${checkpoint.root.toString('base64')}`,
    `  key         ${verifierKey(head.verifier)}`,
    `              ${key}`,
    old
      ? `  history     goes on from the checkpoint given, of ${count(old.size, 'leaf', 'leaves')}`
      : '  history     NOT compared: give --checkpoint with one that was kept elsewhere, or a log made anew passes',
    '',
  ].join('\n');
}

/** Verifies an export without a server, reading it once. Never throws for what is wrong with the input. */
export async function verifyExportFile(args: readonly string[]): Promise<Said> {
  try {
    const { path, checkpointPath, key } = readArguments(args);
    const checkpoint = checkpointPath === undefined ? undefined : await readCheckpoint(checkpointPath);
    const pieces: AsyncIterable<Uint8Array> = path === '-' ? process.stdin : createReadStream(path);
    return { code: 0, text: reportOf(await verifyExport(pieces, { checkpoint, key })) };
  } catch (error) {
    if (error instanceof ExportFault)
      return { code: 1, text: `NOT VERIFIED (${error.kind}). ${error.message}\n` };
    if (error instanceof UnusableInput || error instanceof RangeError)
      return { code: 2, text: `${error.message}\n` };
    const code = codeOf(error);
    if (code !== '') return { code: 2, text: `A file cannot be read (${code}).\n` };
    throw error;
  }
}

/** The command line's `audit`. */
export async function audit(args: readonly string[]): Promise<void> {
  const { code, text } = await verifyExportFile(args);
  (code === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = code;
}
