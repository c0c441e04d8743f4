import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
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

/** Reads the written contracts, the surfaces' made whole: they are what is served. */
export function loadContracts(root: string): Contract[] {
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
