import { User, UserNames } from '../../../accounts/index.js';
import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { ORGANIZATION_ROLES, type OrganizationRole } from '../../../platform/http/permission.js';

const NAME = { maxLength: UserNames.MAX_NAME, redact: true } as const;
const DEPARTMENT = { maxLength: 100, redact: true, nullable: true, optional: true } as const;

/** Where somebody new belongs. */
export class WorkplaceQuery {
  @StringField({ maxLength: 100, optional: true })
  organization_id?: string;

  @StringField({ enum: ORGANIZATION_ROLES, default: 'viewer', optional: true })
  organization_role: OrganizationRole = 'viewer';
}

export class CreateUserDto extends WorkplaceQuery {
  @StringField({
    minLength: 3,
    maxLength: UserNames.MAX_EMAIL,
    pattern: UserNames.EMAIL_PATTERN,
    redact: true,
  })
  email: string;

  @StringField({ pattern: UserNames.USERNAME_PATTERN, redact: true, optional: true })
  username?: string;

  @StringField({ ...NAME, minLength: 1 })
  first_name: string;

  @StringField({ ...NAME, default: '', optional: true })
  last_name = '';

  @StringField(DEPARTMENT)
  department?: string | null;

  @StringField({ enum: User.SYSTEM_ROLES, default: 'user', optional: true })
  system_role: User.SystemRole = 'user';
}

export class UpdateUserDto {
  @StringField({ ...NAME, minLength: 1, optional: true })
  first_name?: string;

  @StringField({ ...NAME, optional: true })
  last_name?: string;

  @StringField(DEPARTMENT)
  department?: string | null;

  @StringField({ enum: User.SYSTEM_ROLES, optional: true })
  system_role?: User.SystemRole;

  @BooleanField({ optional: true })
  disabled?: boolean;
}

export class UserQuery extends ListQuery {
  @StringField({ enum: User.SYSTEM_ROLES, optional: true })
  system_role?: User.SystemRole;

  @StringField({ enum: User.USER_STATUSES, optional: true })
  status?: User.UserStatus;

  @StringField({ maxLength: 100, optional: true })
  organization_id?: string;

  @StringField({ minLength: 1, maxLength: 200, optional: true })
  search?: string;

  @SortField(['created_at', 'last_login_at'])
  sort?: string;
}

export class DeleteUserQuery {
  @BooleanField({ default: false, optional: true })
  erase_organizations = false;
}

export class UserDto {
  @StringField()
  id: string;

  @NumberField({ integer: true, minimum: 1 })
  number: number;

  @StringField({ redact: true, nullable: true })
  email: string | null;

  @StringField({ redact: true, nullable: true })
  username: string | null;

  @StringField({ redact: true })
  name: string;

  @StringField({ redact: true })
  first_name: string;

  @StringField({ redact: true })
  last_name: string;

  @StringField({ redact: true, nullable: true })
  department: string | null;

  @StringField({ enum: User.SYSTEM_ROLES })
  system_role: User.SystemRole;

  @StringField({ enum: User.USER_STATUSES })
  status: User.UserStatus;

  @StringField()
  organization_id: string;

  @BooleanField()
  has_password: boolean;

  @StringField({ format: 'date-time', nullable: true })
  last_login_at: string | null;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

/** What lets somebody choose a password once. */
export class ResetTokenDto {
  @StringField({ redact: true })
  token: string;

  @StringField()
  confirm_url: string;

  @StringField({ format: 'date-time' })
  expires_at: string;
}

export class CreatedUserDto extends UserDto {
  /** In this answer alone, and not in its repetition. */
  @ObjectField(() => ResetTokenDto, { optional: true })
  password_reset?: ResetTokenDto;

  @BooleanField({ optional: true })
  password_reset_withheld?: true;
}

export class UserListDto extends ListDto {
  @ObjectsField(() => UserDto)
  data: UserDto[];
}

export class IssuedResetDto {
  @StringField()
  user_id: string;

  @StringField({ redact: true, optional: true })
  token?: string;

  @BooleanField({ optional: true })
  token_withheld?: true;

  @StringField()
  confirm_url: string;

  @StringField({ format: 'date-time' })
  expires_at: string;
}
