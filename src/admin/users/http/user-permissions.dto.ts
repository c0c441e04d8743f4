import { User } from '../../../accounts/index.js';
import { ObjectsField, StringField, StringsField } from '../../../platform/http/fields.js';
import { ORGANIZATION_ROLES } from '../../../platform/http/permission.js';

export class MembershipPermissionsDto {
  @StringField()
  organization_id: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: string;

  @StringsField()
  permissions: string[];
}

export class UserPermissionsDto {
  @StringField()
  user_id: string;

  @StringField({ enum: User.SYSTEM_ROLES })
  system_role: string;

  @StringField({ enum: User.USER_STATUSES })
  status: string;

  @StringsField()
  permissions: string[];

  @ObjectsField(() => MembershipPermissionsDto)
  organizations: MembershipPermissionsDto[];
}

export class SetUserPermissionsDto {
  @StringField({ enum: User.SYSTEM_ROLES })
  system_role: User.SystemRole;
}
