import { parseInstant } from '../../platform/http/date-range.js';
import type { ApiKey } from '../api-key.js';
import type { KeyInput, NewKeyInput, RevealedKey } from '../api-keys.service.js';
import type { ApiKeyDto, CreateApiKeyDto, CreatedApiKeyDto, UpdateApiKeyDto } from './api-key.dto.js';

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const presentApiKey = (key: ApiKey): ApiKeyDto => ({
  id: key.id,
  organization_id: key.organizationId,
  user_id: key.userId,
  default_project_id: key.defaultProjectId,
  name: key.name,
  mode: key.mode,
  hint: key.hint,
  scopes: [...key.scopes],
  plan: key.plan,
  limits: key.limits,
  allowed_networks: [...key.allowedNetworks],
  status: key.status,
  expires_at: time(key.expiresAt),
  previous_expires_at: time(key.previousExpiresAt),
  revoked_at: time(key.revokedAt),
  last_used_at: time(key.lastUsedAt),
  created_at: key.createdAt.toISOString(),
});

export const presentCreatedApiKey = ({ key, ...shown }: RevealedKey): CreatedApiKeyDto => ({
  ...presentApiKey(shown),
  key,
});

/** What a body says of a key. @throws AppError VALIDATION_ERROR for an expiry that is no instant */
export function keyInputOf(body: CreateApiKeyDto): NewKeyInput;
export function keyInputOf(body: UpdateApiKeyDto): KeyInput;
export function keyInputOf(body: UpdateApiKeyDto): KeyInput {
  const { expires_at } = body;
  return {
    name: body.name,
    scopes: body.scopes,
    expiresAt: typeof expires_at === 'string' ? parseInstant('expires_at', expires_at) : expires_at,
    allowedNetworks: body.allowed_networks,
    defaultProjectId: body.default_project_id,
    plan: body.plan,
    limits: body.limits,
  };
}
