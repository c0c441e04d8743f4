import type { SealedTextColumn } from '../../platform/erasure/sealed-texts.js';

const textOf = (column: string, version: string): SealedTextColumn => ({
  ...{ kind: 'receipts', table: 'chat_receipts', column, key: 'id', format: 'json', effect: 'blank' },
  place: { id: 'id', version },
  project: 'project_id',
});

/** What clients and models wrote that stands in receipts. */
export const RECEIPT_TEXTS = [
  textOf('sealed', '1'),
  textOf('outcome_sealed', '2'),
  textOf('tool_rounds_sealed', '3'),
];
