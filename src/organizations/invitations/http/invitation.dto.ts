import { UserNames } from '../../../accounts/index.js';
import { BooleanField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';
import { ORGANIZATION_ROLES, type OrganizationRole } from '../../../platform/http/permission.js';
import { INVITATION_STATUSES, type InvitationStatus } from '../invitation.js';

export class CreateInvitationDto {
  @StringField({ maxLength: UserNames.MAX_EMAIL, pattern: UserNames.EMAIL_PATTERN, redact: true })
  email: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
}

export class AcceptInvitationDto {
  @StringField({ minLength: 1, maxLength: 100, redact: true })
  token: string;
}

export class InvitationDto {
  @StringField()
  id: string;

  @StringField()
  organization_id: string;

  @StringField({ redact: true })
  email: string;

  @StringField({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;

  @StringField({ enum: INVITATION_STATUSES })
  status: InvitationStatus;

  @StringField()
  invited_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  expires_at: string;
}

/** An invitation as its maker sees it once; the token where it could not be mailed. */
export class CreatedInvitationDto extends InvitationDto {
  @BooleanField()
  mailed: boolean;

  @StringField({ optional: true, redact: true })
  token?: string;

  @BooleanField({ optional: true })
  token_withheld?: true;
}

export class InvitationListDto extends ListDto {
  @ObjectsField(() => InvitationDto)
  data: InvitationDto[];
}

export class InvitationQuery extends ListQuery {
  @StringField({ enum: INVITATION_STATUSES, optional: true })
  status?: InvitationStatus;

  @SortField(['created_at'])
  sort?: 'created_at';
}
