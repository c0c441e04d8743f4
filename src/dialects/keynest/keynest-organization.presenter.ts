import type { MemberDtos, Organization } from '../../organizations/index.js';
import type { KeynestMemberDto, KeynestOrganizationDto } from './keynest-organization.dto.js';

export const presentKeynestOrganization = (organization: Organization): KeynestOrganizationDto => ({
  id: organization.number,
  name: organization.name,
  description: organization.description ?? '',
  created_at: organization.createdAt.toISOString(),
  updated_at: organization.updatedAt.toISOString(),
  member_count: organization.memberCount,
  project_count: organization.projectCount,
  user_role: organization.userRole,
});

export const presentKeynestMember = ({
  user_id: _,
  number,
  ...member
}: MemberDtos.MemberDto): KeynestMemberDto => ({
  id: number,
  ...member,
});
