import { Users } from '../../../auth/index.js';
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

  @StringField({ enum: Users.SYSTEM_ROLES })
  system_role: string;

  @StringField({ enum: Users.USER_STATUSES })
  status: string;

  @StringsField()
  permissions: string[];

  @ObjectsField(() => MembershipPermissionsDto)
  organizations: MembershipPermissionsDto[];
}

export class SetUserPermissionsDto {
  @StringField({ enum: Users.SYSTEM_ROLES })
  system_role: Users.SystemRole;
}
