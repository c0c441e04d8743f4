import type { SealedTextColumn } from '../erasure/sealed-texts.js';

const KEY = "user_id || '/' || encode(hash, 'hex')";

/** Answers that are kept for their repetition: one that holds the value goes, and a repetition is then a new request. */
export const STORED_ANSWER_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'stored_answers', table: 'idempotency_keys', column: 'sealed', key: KEY },
    ...{ format: 'text', effect: 'delete' },
    place: { id: KEY, version: '1' },
  },
];
