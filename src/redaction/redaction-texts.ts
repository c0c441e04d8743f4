import type { SealedTextColumn } from '../platform/erasure/sealed-texts.js';

const ofBatch = (table: 'batch_documents' | 'batch_results'): SealedTextColumn => ({
  ...{ kind: table, table, column: 'sealed', format: 'json', effect: 'blank' },
  key: "batch_id || '/' || position",
  place: { id: "batch_id || '/' || position", version: '1' },
  project: `SELECT b.project_id FROM batches b WHERE b.id = ${table}.batch_id`,
});

/** Texts of batches in the background, what was found in documents, and values that people listed in policies. */
export const REDACTION_TEXTS: readonly SealedTextColumn[] = [
  ofBatch('batch_documents'),
  ofBatch('batch_results'),
  {
    ...{
      kind: 'policies',
      table: 'batches',
      column: 'order_sealed',
      key: 'id',
      format: 'json',
      effect: 'blank',
    },
    place: { id: 'id', version: '1' },
    project: 'project_id',
  },
  {
    ...{
      kind: 'policies',
      table: 'redactions',
      column: 'policy_sealed',
      key: 'id',
      format: 'json',
      effect: 'blank',
    },
    place: { id: 'id', version: '1' },
    project: 'project_id',
  },
  {
    ...{
      kind: 'policies',
      table: 'resource_versions',
      column: 'config_sealed',
      format: 'json',
      effect: 'blank',
    },
    key: "resource_id || '/' || version",
    place: { id: 'resource_id', version: 'version' },
  },
  {
    ...{ kind: 'redaction_reports', table: 'redaction_reports', column: 'report_sealed', key: 'document_id' },
    ...{ format: 'json', effect: 'blank' },
    place: { id: 'document_id', version: 'version' },
    project: 'SELECT d.project_id FROM documents d WHERE d.id = redaction_reports.document_id',
  },
];
