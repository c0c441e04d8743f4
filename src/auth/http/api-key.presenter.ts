import type { ApiKey } from '../api-key.js';
import type { ApiKeyDto } from './api-key.dto.js';

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const presentApiKey = (key: ApiKey): ApiKeyDto => ({
  id: key.id,
  organization_id: key.organizationId,
  user_id: key.userId,
  default_project_id: key.defaultProjectId,
  name: key.name,
  hint: key.hint,
  scopes: [...key.scopes],
  plan: key.plan,
  expires_at: time(key.expiresAt),
  revoked_at: time(key.revokedAt),
  created_at: key.createdAt.toISOString(),
});
