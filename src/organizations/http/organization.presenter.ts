import type { Organization } from '../organization.js';
import type { OrganizationDto } from './organization.dto.js';

export const presentOrganization = (organization: Organization): OrganizationDto => ({
  id: organization.id,
  number: organization.number,
  name: organization.name,
  description: organization.description,
  member_count: organization.memberCount,
  project_count: organization.projectCount,
  user_role: organization.userRole,
  version: organization.version,
  created_at: organization.createdAt.toISOString(),
  updated_at: organization.updatedAt.toISOString(),
});
