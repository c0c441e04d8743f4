import type { SealedTextColumn } from '../platform/erasure/sealed-texts.js';

/** What people wrote about knowledge bases; the texts of their documents are `ErasableKnowledge`'s. */
export const KNOWLEDGE_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'descriptions', table: 'knowledge_bases', column: 'texts_sealed', key: 'id' },
    ...{ format: 'json', effect: 'blank' },
    place: { id: 'id', version: 'version' },
    project: 'project_id',
  },
];
