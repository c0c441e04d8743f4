import { invalidField } from '../../../platform/errors/app-error.js';
import { isId } from '../../../platform/http/ids.js';
import type { ErasureOrder } from '../erasure.js';
import type { CreateErasureDto } from './erasure.dto.js';

/** What a body asks for: exactly one of a person and a value. @throws AppError VALIDATION_ERROR */
export function orderOf({
  user_id,
  type,
  value,
  reason,
  documents = 'keep',
}: CreateErasureDto): ErasureOrder {
  if (user_id !== undefined) {
    if (type !== undefined || value !== undefined)
      throw invalidField('user_id', 'exclusive', "Send either 'user_id', or 'type' and 'value'.");
    if (documents === 'delete')
      throw invalidField(
        'documents',
        'exclusive',
        "Documents are looked into for a value alone: leave 'documents' out with 'user_id'.",
      );
    if (!isId('user', user_id))
      throw invalidField('user_id', 'format', "'user_id' must be the id of a user.");
    return { userId: user_id, reason };
  }
  if (type === undefined || value === undefined)
    throw invalidField(
      type === undefined ? 'type' : 'value',
      'required',
      "Send either 'user_id', or 'type' and 'value'.",
    );
  return { type, value, documents, reason };
}
