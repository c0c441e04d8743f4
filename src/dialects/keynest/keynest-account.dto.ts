import { AccountDtos } from '../../accounts/index.js';
import { BooleanField, NumberField, ObjectField, StringField } from '../../platform/http/fields.js';

export class RegisterKeynestDto extends AccountDtos.RegisterDto {
  @StringField({ minLength: 1, maxLength: 256, redact: true })
  confirm_password: string;
}

/** A person as KeyNest shows them at a login. */
export class KeynestUserDto {
  @NumberField({ integer: true, minimum: 1 })
  id: number;

  @StringField({ redact: true })
  username: string;

  @StringField({ redact: true })
  email: string;

  @StringField({ redact: true })
  first_name: string;

  @StringField({ redact: true })
  last_name: string;

  @StringField({ redact: true })
  full_name: string;
}

export class KeynestNewUserDto extends KeynestUserDto {
  @StringField({ format: 'date-time' })
  date_joined: string;
}

export class KeynestProfileDto extends KeynestNewUserDto {
  @StringField({ format: 'date-time', nullable: true })
  last_login: string | null;

  @BooleanField()
  is_active: boolean;
}

export class KeynestHomeDto {
  @NumberField({ integer: true, minimum: 1 })
  id: number;

  @StringField()
  name: string;
}

export class KeynestRegisteredDto {
  @StringField()
  message: string;

  @StringField({ redact: true })
  token: string;

  @ObjectField(() => KeynestNewUserDto)
  user: KeynestNewUserDto;

  @ObjectField(() => KeynestHomeDto)
  organization: KeynestHomeDto;
}

export class KeynestLoginDto {
  @StringField({ redact: true })
  token: string;

  @ObjectField(() => KeynestUserDto)
  user: KeynestUserDto;
}

export class KeynestLogoutDto {
  @StringField()
  message: string;
}
