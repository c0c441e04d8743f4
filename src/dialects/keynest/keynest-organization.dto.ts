import { UserNames } from '../../accounts/index.js';
import { BooleanField, NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { ORGANIZATION_ROLES, type OrganizationRole } from '../../platform/http/permission.js';
import { KeynestListDto } from './keynest-list.dto.js';

const NAME = { minLength: 2, maxLength: 100 } as const;
const DESCRIPTION = { maxLength: 500, redact: true, nullable: true, optional: true } as const;

export class CreateKeynestOrganizationDto {
  @StringField(NAME)
  name: string;

  @StringField(DESCRIPTION)
  description?: string | null;
}

/** What PUT and PATCH take: any part of an organization. */
export class UpdateKeynestOrganizationDto {
  @StringField({ ...NAME, optional: true })
  name?: string;

  @StringField(DESCRIPTION)
  description?: string | null;
}

export class KeynestOrganizationDto {
  @NumberField({ integer: true, minimum: 1 })
  id: number;

  @StringField()
  name: string;

  @StringField({ redact: true })
  description: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @NumberField({ integer: true, minimum: 0 })
  member_count: number;

  @NumberField({ integer: true, minimum: 0 })
  project_count: number;

  @StringField({ enum: ORGANIZATION_ROLES })
  user_role: OrganizationRole;
}

export class KeynestOrganizationListDto extends KeynestListDto {
  @ObjectsField(() => KeynestOrganizationDto)
  results: KeynestOrganizationDto[];
}

export class KeynestMemberDto {
  /** The user's number. */
  @NumberField({ integer: true, minimum: 1 })
  id: number;

  @StringField({ nullable: true, redact: true })
  username: string | null;

  @StringField({ nullable: true, redact: true })
  email: string | null;

  @StringField({ redact: true })
  full_name: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;

  @StringField({ format: 'date-time' })
  joined_at: string;
}

export class KeynestMemberListDto extends KeynestListDto {
  @ObjectsField(() => KeynestMemberDto)
  results: KeynestMemberDto[];
}

export class InviteKeynestMemberDto {
  @StringField({ maxLength: UserNames.MAX_EMAIL, pattern: UserNames.EMAIL_PATTERN, redact: true })
  email: string;

  @StringField({ enum: ORGANIZATION_ROLES, default: 'viewer', optional: true })
  role: OrganizationRole = 'viewer';
}

export class KeynestInvitationDto {
  @StringField()
  message: string;

  @StringField({ redact: true })
  email: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;

  @StringField({ format: 'date-time' })
  expires_at: string;

  @BooleanField()
  mailed: boolean;

  @StringField({ optional: true, redact: true })
  token?: string;

  @BooleanField({ optional: true })
  token_withheld?: true;
}

const USER_ID = { integer: true, minimum: 1, maximum: 999_999_999_999_999 } as const;

export class UpdateKeynestMemberDto {
  @NumberField(USER_ID)
  user_id: number;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
}

export class RemoveKeynestMemberDto {
  @NumberField(USER_ID)
  user_id: number;
}
