import { formatToken } from '../token-form.js';
import type { TokenRecord } from '../token-record.js';
import type { Detokenized } from '../token-requests.service.js';
import type { DetokenizeResponseDto, TokenDto } from './token.dto.js';

export const presentToken = (record: TokenRecord): TokenDto => ({
  token: formatToken(record),
  type: record.type,
  created_at: record.createdAt.toISOString(),
  erased_at: record.erasedAt?.toISOString() ?? null,
});

export const presentDetokenized = (
  requestId: string,
  { data, restorer }: Detokenized,
): DetokenizeResponseDto => ({
  request_id: requestId,
  data,
  restored: restorer.restored,
  unresolved: restorer.listed,
  unresolved_count: restorer.left,
});
