import { OptionalBody } from '../../platform/http/field-registry.js';
import { BooleanField, NumberField, ObjectField, StringField } from '../../platform/http/fields.js';
import { EMAIL_PATTERN, MAX_EMAIL, MAX_NAME, USERNAME_PATTERN } from '../users/user-names.js';

const USERNAME = { pattern: USERNAME_PATTERN, redact: true } as const;
const EMAIL = { maxLength: MAX_EMAIL, pattern: EMAIL_PATTERN, redact: true } as const;
const NAME = { maxLength: MAX_NAME, redact: true, optional: true } as const;
/** Twice the characters that a password may have: they count in code points, this in UTF-16 units. */
const PASSWORD = { minLength: 1, maxLength: 256, redact: true } as const;
const TOKEN = { minLength: 1, maxLength: 100, redact: true } as const;

export class RegisterDto {
  @StringField(USERNAME)
  username: string;

  @StringField(EMAIL)
  email: string;

  @StringField(PASSWORD)
  password: string;

  @StringField(NAME)
  first_name?: string;

  @StringField(NAME)
  last_name?: string;

  @StringField({ ...TOKEN, optional: true })
  invitation_token?: string;
}

export class LoginDto {
  @StringField({ minLength: 1, maxLength: MAX_EMAIL, redact: true })
  email: string;

  @StringField(PASSWORD)
  password: string;
}

@OptionalBody()
export class LogoutDto {
  @BooleanField({ default: false, optional: true })
  everywhere = false;
}

export class UpdateProfileDto {
  @StringField({ ...USERNAME, optional: true })
  username?: string;

  @StringField({ ...EMAIL, optional: true })
  email?: string;

  @StringField(NAME)
  first_name?: string;

  @StringField(NAME)
  last_name?: string;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  organization_id?: string;

  @StringField({ ...PASSWORD, optional: true })
  current_password?: string;
}

export class ChangePasswordDto {
  @StringField({ ...PASSWORD, optional: true })
  current_password?: string;

  @StringField(PASSWORD)
  new_password: string;
}

export class PasswordResetDto {
  @StringField({ minLength: 1, maxLength: MAX_EMAIL, redact: true })
  email: string;
}

export class PasswordResetAcceptedDto {
  @StringField()
  message: string;
}

export class ConfirmPasswordResetDto {
  @StringField(TOKEN)
  token: string;

  @StringField(PASSWORD)
  password: string;
}

export class ProfileDto {
  @StringField()
  id: string;

  @NumberField({ integer: true, minimum: 1 })
  number: number;

  @StringField()
  organization_id: string;

  @StringField({ nullable: true, redact: true })
  username: string | null;

  @StringField({ nullable: true, redact: true })
  email: string | null;

  @StringField({ redact: true })
  first_name: string;

  @StringField({ redact: true })
  last_name: string;

  @StringField({ redact: true })
  full_name: string;

  @StringField({ enum: ['pending', 'user', 'admin'] })
  role: string;

  @BooleanField()
  has_password: boolean;

  @StringField({ format: 'date-time', nullable: true })
  last_login_at: string | null;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class LoggedInDto {
  @StringField({ redact: true })
  token: string;

  @StringField()
  token_id: string;

  @ObjectField(() => ProfileDto)
  user: ProfileDto;
}

export class HomeOrganizationDto {
  @StringField()
  id: string;

  @StringField()
  name: string;
}

export class RegisteredDto extends LoggedInDto {
  @ObjectField(() => HomeOrganizationDto)
  organization: HomeOrganizationDto;
}
