import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import type { JsonValue } from '../audit/log/canonical-json.js';
import { ExportFault, UnusableInput } from '../audit/log/export-fault.js';
import { type ReadHead, readHead } from '../audit/log/export-reading.js';
import { type KnownHead, type VerifiedExport, verifyExport } from '../audit/log/export-verifier.js';
import { linesOf } from '../audit/log/lines.js';
import { verifierKey } from '../audit/log/signed-note.js';
import { verifyStream } from '../audit/log/stream-verifier.js';
import { codeOf, count, piecesOf, readCheckpoint } from './audit-input.js';
import { reportOfStream } from './audit-stream-report.js';

const USAGE = [
  'redoubt audit verify EXPORT [--checkpoint FILE] [--key VERIFIER_KEY] [--instance EXPORT [--instance-checkpoint FILE]]',
  'redoubt audit verify --stream COPY [--key VERIFIER_KEY] [--instance-checkpoint FILE]',
].join(' or ');

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
  stream: { type: 'string' },
} as const;

type Options = { readonly [option in keyof typeof OPTIONS]?: string };
/** An export, or what a collector was sent. */
type Asked = Options & ({ readonly path: string } | { readonly path: undefined; readonly stream: string });

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
    const { stream, checkpoint, instance } = values;
    if (verb === 'verify' && more.length === 0) {
      if (path !== undefined && stream === undefined) return { ...values, path };
      const isOfStream = path === undefined && checkpoint === undefined && instance === undefined;
      if (isOfStream && stream !== undefined) return { ...values, path, stream };
    }
  } catch {
    // Said below.
  }
  throw new UnusableInput(`That is not how it is called. ${USAGE}`);
}

/** What an export says of itself. @throws UnusableInput, ExportFault */
async function headOf(path: string): Promise<ReadHead> {
  for await (const line of linesOf(createReadStream(path))) return readHead(line);
  throw new UnusableInput('The file is empty.');
}

/** The heads of a log in an export of the instance's. @throws ExportFault unless that is verified */
async function headsOf(path: string, instance: string, asked: Options): Promise<KnownHead[]> {
  const [own, heads] = [await headOf(path), [] as KnownHead[]];
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

async function verifyAsked(asked: Asked): Promise<string> {
  const { key, instance, 'instance-checkpoint': ofInstance } = asked;
  if (asked.path === undefined) {
    const checkpoint = await readCheckpoint(ofInstance);
    return reportOfStream(await verifyStream(piecesOf(asked.stream), { checkpoint, key }));
  }
  const checkpoint = await readCheckpoint(asked.checkpoint);
  const heads = instance === undefined ? undefined : await headsOf(asked.path, instance, asked);
  return reportOf(await verifyExport(piecesOf(asked.path), { checkpoint, key, heads }), heads);
}

/** Verifies a file without a server, reading it once. Never throws for what is wrong with the input. */
export async function verifyLogFile(args: readonly string[]): Promise<Said> {
  try {
    return { code: 0, text: await verifyAsked(readArguments(args)) };
  } catch (error) {
    if (error instanceof ExportFault)
      return { code: 1, text: `NOT VERIFIED (${error.kind}). ${error.message}\n` };
    if (error instanceof UnusableInput) return { code: 2, text: `${error.message}\n` };
    const code = codeOf(error);
    if (code !== '') return { code: 2, text: `A file cannot be read (${code}).\n` };
    throw error;
  }
}

/** The command line's `audit`. */
export async function audit(args: readonly string[]): Promise<void> {
  const { code, text } = await verifyLogFile(args);
  (code === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = code;
}
