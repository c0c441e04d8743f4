import type { SealedTextColumn } from '../platform/erasure/sealed-texts.js';

/** What people wrote about environments and their changes. */
export const SECRET_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'descriptions', table: 'environments', column: 'description_sealed', key: 'id' },
    ...{ format: 'text', effect: 'blank' },
    place: { id: 'id', version: '1' },
    project: 'project_id',
  },
  {
    ...{ kind: 'revision_reasons', table: 'environment_revisions', column: 'reason_sealed' },
    ...{ format: 'text', effect: 'blank' },
    key: "environment_id || '/' || revision",
    place: { id: 'environment_id', version: 'revision' },
    project: 'SELECT e.project_id FROM environments e WHERE e.id = environment_revisions.environment_id',
  },
];
