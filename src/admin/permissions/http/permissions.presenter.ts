import type { Principal } from '../../../platform/http/principal.js';
import type { ListedPermission } from '../permission-list.js';
import type { PermissionListDto } from './permissions.dto.js';

export const presentPermissions = (
  { organizationId, role, systemRole }: Principal,
  permissions: readonly ListedPermission[],
): PermissionListDto => ({
  organization_id: organizationId,
  role: role ?? null,
  system_role: systemRole,
  data: permissions.map(({ liveOnly, ...shown }) => ({ ...shown, live_only: liveOnly })),
});
