import { BooleanField, ObjectsField, StringField } from '../../../platform/http/fields.js';

export const HOLDERS = ['anyone', 'viewer', 'editor', 'admin', 'instance'] as const;

export class PermissionsQuery {
  @StringField({ maxLength: 100, optional: true })
  project_id?: string;

  @StringField({ maxLength: 100, optional: true })
  organization_id?: string;
}

export class PermissionDto {
  @StringField()
  permission: string;

  @StringField()
  scope: string;

  @StringField({ enum: HOLDERS })
  holder: string;

  @BooleanField()
  live_only: boolean;

  @BooleanField()
  held: boolean;
}

export class PermissionListDto {
  @StringField()
  organization_id: string;

  @StringField({ enum: ['viewer', 'editor', 'admin'], nullable: true })
  role: string | null;

  @StringField({ enum: ['pending', 'user', 'admin'] })
  system_role: string;

  @ObjectsField(() => PermissionDto)
  data: PermissionDto[];
}
