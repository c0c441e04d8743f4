import { sha256 } from '../digest/sha256.js';
import { invalidField } from '../errors/app-error.js';
import type { Caller } from '../http/request-context.js';

/** Longest key; the IETF draft leaves it open, 255 is what others take. */
const MAX_LENGTH = 255;

/** Where an answer is kept: one key of one user. The key itself is not stored, since clients put anything into it. */
export interface IdempotencySlot {
  readonly organizationId: string;
  readonly userId: string;
  readonly hash: Buffer;
}

/**
 * The slot of a request's `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07), quoted as a structured
 * field or plain. @throws AppError VALIDATION_ERROR when the key is empty, too long, or not printable ASCII
 */
export function slotOf({ principal, idempotencyKey = '' }: Caller): IdempotencySlot {
  const key = /^"(.*)"$/s.exec(idempotencyKey)?.[1] ?? idempotencyKey;
  if (!/^[\x20-\x7e]+$/.test(key) || key.length > MAX_LENGTH) {
    const message = `'Idempotency-Key' must be 1 to ${MAX_LENGTH} printable ASCII characters, such as a UUID.`;
    throw invalidField('Idempotency-Key', 'format', message);
  }
  const { organizationId, userId } = principal;
  return { organizationId, userId, hash: sha256(key) };
}
