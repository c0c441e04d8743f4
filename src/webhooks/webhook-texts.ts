import type { SealedTextColumn } from '../platform/erasure/sealed-texts.js';

/** What people wrote of webhooks. An address that held an erased value leads nowhere any more. */
export const WEBHOOK_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'webhooks', table: 'webhooks', column: 'content_sealed', key: 'id' },
    ...{ format: 'json', effect: 'blank' },
    place: { id: 'id', version: 'version' },
  },
];
