import type { Glass } from '../break-glass.js';
import type { BreakGlassDto } from './break-glass.dto.js';

export const presentGlass = (glass: Glass): BreakGlassDto => ({
  id: glass.id,
  user_id: glass.userId,
  organization_id: glass.organizationId,
  project_id: glass.projectId,
  reason: glass.reason,
  active: glass.active,
  created_at: glass.createdAt.toISOString(),
  expires_at: glass.expiresAt.toISOString(),
  ended_at: glass.endedAt?.toISOString() ?? null,
});
