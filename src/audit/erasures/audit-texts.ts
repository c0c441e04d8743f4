import type { SealedTextColumn } from '../../platform/erasure/sealed-texts.js';

/** Details of audit rows hold no content, but where from somebody acted; what the log commits to stays as a digest. */
export const AUDIT_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{
      kind: 'audit_details',
      table: 'audit_logs',
      column: 'sealed',
      key: 'id',
      format: 'json',
      effect: 'remove',
    },
    place: { id: 'id', version: '1' },
    also: 'sealed_digest = sha256(sealed)',
  },
  {
    ...{
      kind: 'erasures',
      table: 'erasures',
      column: 'reason_sealed',
      key: 'id',
      format: 'text',
      effect: 'blank',
    },
    place: { id: 'id', version: '1' },
  },
];
