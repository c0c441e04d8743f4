import type { SealedTextColumn } from '../platform/erasure/sealed-texts.js';

/** Names of documents and of files. What a document is found by is then no name that anybody has. */
export const FILE_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'document_names', table: 'documents', column: 'name_sealed', key: 'id' },
    ...{ format: 'text', effect: 'blank' },
    place: { id: 'id', version: '1' },
    project: 'project_id',
    also: "name_lookup = sha256(convert_to(id, 'UTF8'))",
  },
  {
    ...{ kind: 'document_names', table: 'files', column: 'name_sealed', key: 'id' },
    ...{ format: 'text', effect: 'blank' },
    place: { id: "id || '/name'", version: 'version' },
    project: 'project_id',
  },
];
