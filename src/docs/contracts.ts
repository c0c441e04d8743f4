import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { sha256 } from '../platform/digest/sha256.js';
import { bundle, type JsonObject } from './bundle.js';

/** A surface that has operations, and its written contract. */
export interface ContractFile {
  readonly surface: string;
  /** Shown in the selector of the documentation. */
  readonly title: string;
  /** Relative to the package. */
  readonly file: string;
}

export const CONTRACT_FILES: readonly ContractFile[] = [
  { surface: 'core', title: 'Redoubt (/api/v1)', file: 'openapi.yaml' },
  { surface: 'openai', title: 'OpenAI compatible (/v1, /api/v1)', file: 'src/dialects/openai/openapi.yaml' },
  {
    surface: 'safekeylab',
    title: 'SafeKeyLab compatible (/v1)',
    file: 'src/dialects/safekeylab/openapi.yaml',
  },
  { surface: 'platform', title: 'Platform compatible (/v1)', file: 'src/dialects/platform/openapi.yaml' },
  { surface: 'sero', title: 'SERO compatible (/api)', file: 'src/dialects/sero/openapi.yaml' },
  { surface: 'keynest', title: 'KeyNest compatible (/api/)', file: 'src/dialects/keynest/openapi.yaml' },
];

/** A contract as it is served. */
export interface Contract extends ContractFile {
  readonly document: JsonObject;
  readonly yaml: string;
  readonly json: string;
}

const readDocument = (root: string, file: string): JsonObject =>
  parse(readFileSync(join(root, file), 'utf8'));

/** Reads the written contracts and makes the surfaces' whole. */
export function parseContracts(root: string): Contract[] {
  const core = readDocument(root, 'openapi.yaml');
  return CONTRACT_FILES.map((entry) => {
    if (entry.surface === 'core') {
      return {
        ...entry,
        document: core,
        yaml: readFileSync(join(root, entry.file), 'utf8'),
        json: JSON.stringify(core),
      };
    }
    const document = bundle(readDocument(root, entry.file), core);
    return { ...entry, document, yaml: stringify(document), json: JSON.stringify(document) };
  });
}

/** Beside the compiled code: what {@link keepContracts} wrote. */
const keptFile = (root: string): string => join(root, 'dist', 'contracts.json');

interface Kept {
  readonly digest: string;
  readonly contracts: readonly Omit<Contract, 'document'>[];
}

/** Of the texts that contracts are made from. */
const digestOf = (root: string): string =>
  sha256(...CONTRACT_FILES.flatMap(({ file }) => [readFileSync(join(root, file)), '\0'])).toString('hex');

/** Parses the contracts once and for all, at the build: it takes the better part of a second, JSON some milliseconds. */
export function keepContracts(root: string): void {
  const contracts = parseContracts(root).map(({ document, ...contract }) => contract);
  const kept: Kept = { digest: digestOf(root), contracts };
  writeFileSync(keptFile(root), JSON.stringify(kept));
}

/** The contracts as they are served: those the build kept, while the texts are the ones it made them from. */
export function loadContracts(root: string): Contract[] {
  const kept: Kept | undefined = existsSync(keptFile(root))
    ? JSON.parse(readFileSync(keptFile(root), 'utf8'))
    : undefined;
  if (kept?.digest !== digestOf(root)) return parseContracts(root);
  return kept.contracts.map((contract) => ({ ...contract, document: JSON.parse(contract.json) }));
}
