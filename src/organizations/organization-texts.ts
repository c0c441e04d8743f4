import type { SealedTextColumn } from '../platform/erasure/sealed-texts.js';

/** What people wrote about organizations, and whom they invited. */
export const ORGANIZATION_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'descriptions', table: 'organizations', column: 'description_sealed', key: 'id' },
    ...{ format: 'text', effect: 'blank', tenant: 'id' },
    place: { id: 'id', version: '1' },
  },
  {
    ...{ kind: 'invitations', table: 'invitations', column: 'email_sealed', key: 'id' },
    ...{ format: 'text', effect: 'delete' },
    place: { id: 'id', version: '1' },
  },
];
