import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { JsonValue } from '../audit/log/canonical-json.js';
import { ExportFault, UnusableInput } from '../audit/log/export-fault.js';
import { type ReadHead, readHead } from '../audit/log/export-reading.js';
import { type KnownHead, type VerifiedExport, verifyExport } from '../audit/log/export-verifier.js';
import { linesOf } from '../audit/log/lines.js';
import { verifierKey } from '../audit/log/signed-note.js';

const USAGE =
  'redoubt audit verify EXPORT [--checkpoint FILE] [--key VERIFIER_KEY] [--instance EXPORT [--instance-checkpoint FILE]]';

/** What the command says, and the exit code it ends with: 0 verified, 1 something is wrong, 2 nothing can be said. */
export interface Said {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

const OPTIONS = {
  checkpoint: { type: 'string' },
  key: { type: 'string' },
  instance: { type: 'string' },
  'instance-checkpoint': { type: 'string' },
} as const;

type Asked = { readonly path: string } & { readonly [option in keyof typeof OPTIONS]?: string };

/** @throws UnusableInput */
function readArguments([verb, ...args]: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
      strict: true,
    });
    const [path, ...more] = positionals;
    if (verb === 'verify' && path !== undefined && more.length === 0) return { path, ...values };
  } catch {
    // Said below.
  }
  throw new UnusableInput(`That is not how it is called. ${USAGE}`);
}

/** A checkpoint as it was kept: the note itself, or the answer of `audit-logs/checkpoint` that has it. */
async function readCheckpoint(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
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

/** What an export says of itself. @throws UnusableInput, ExportFault */
async function headOf(path: string): Promise<ReadHead> {
  for await (const line of linesOf(createReadStream(path))) return readHead(line);
  throw new UnusableInput('The file is empty.');
}

/** The heads of a log in an export of the instance's. @throws ExportFault unless that is verified */
async function headsOf(asked: Asked, instance: string): Promise<KnownHead[]> {
  const [own, heads] = [await headOf(asked.path), [] as KnownHead[]];
  const organization = own.origin.split('/').at(-1);
  const note = (entry: JsonValue): void => {
    const { organization_id, size, root } = entry as { readonly [name: string]: JsonValue };
    if (organization_id === organization) heads.push({ size: Number(size), root: String(root) });
  };
  const checkpoint = await readCheckpoint(asked['instance-checkpoint']);
  const { head } = await verifyExport(createReadStream(instance), { checkpoint }, note);
  if (!head.origin.endsWith('/instance'))
    throw new UnusableInput('The file given by --instance is not an export of the log of an instance.');
  if (!head.verifier.publicKey.equals(own.verifier.publicKey))
    throw new ExportFault('other_signer', "Another key signed the instance's log.");
  return heads;
}

function reportOf(
  { head, checkpoint, old, isKeyGiven, taken }: VerifiedExport,
  heads: KnownHead[] | undefined,
): string {
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
    ...(taken > 0
      ? [
          `  retention   ${count(taken, 'entry is', 'entries are')} kept no longer: of them there are the hashes alone`,
        ]
      : []),
    `  exported    ${head.exported_at}`,
    `  checkpoint  ${checkpoint.size} leaves, root ${checkpoint.root.toString('base64')}`,
    `  key         ${verifierKey(head.verifier)}`,
    `              ${key}`,
    old
      ? `  history     goes on from the checkpoint given, of ${count(old.size, 'leaf', 'leaves')}`
      : '  history     NOT compared: give --checkpoint with one that was kept elsewhere, or a log made anew passes',
    ...(heads
      ? [`  instance    agrees with ${count(heads.length, 'head', 'heads')} in the log of the instance`]
      : []),
    '',
  ].join('\n');
}

/** Verifies an export without a server, reading it once. Never throws for what is wrong with the input. */
export async function verifyExportFile(args: readonly string[]): Promise<Said> {
  try {
    const asked = readArguments(args);
    const checkpoint = await readCheckpoint(asked.checkpoint);
    const heads = asked.instance === undefined ? undefined : await headsOf(asked, asked.instance);
    const pieces: AsyncIterable<Uint8Array> =
      asked.path === '-' ? process.stdin : createReadStream(asked.path);
    const verified = await verifyExport(pieces, { checkpoint, key: asked.key, heads });
    return { code: 0, text: reportOf(verified, heads) };
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
