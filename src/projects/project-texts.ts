import type { SealedTextColumn } from '../platform/erasure/sealed-texts.js';

/** What people wrote about projects. */
export const PROJECT_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'descriptions', table: 'projects', column: 'description_sealed', key: 'id' },
    ...{ format: 'text', effect: 'blank' },
    place: { id: 'id', version: '1' },
    project: 'id',
  },
];
