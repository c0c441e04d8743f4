import { Inject, Injectable } from '@nestjs/common';
import { EphemeralKeys } from '../../crypto/index.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { invalidField } from '../../platform/errors/app-error.js';
import { checkPassword } from '../project-password.policy.js';
import { checkPasswordFields, type PasswordFields } from './password-fields.js';

/** The passwords of a request, in clear; undefined where there is none. */
export interface GivenPasswords {
  readonly next: string | undefined;
  readonly current: string | undefined;
}

/** Reads passwords in whichever form a request brings them. */
@Injectable()
export class PasswordReader {
  constructor(
    private readonly ephemeralKeys: EphemeralKeys,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws AppError VALIDATION_ERROR, ENCRYPTION_FAILED */
  async read(fields: PasswordFields): Promise<GivenPasswords> {
    checkPasswordFields(fields);
    const { next, current } = await this.decrypt(fields);
    const field = fields.encrypted_password === undefined ? 'password' : 'encrypted_password';
    if (next !== undefined) checkPassword(field, next, this.settings.REDOUBT_PASSWORD_POLICY);
    return { next, current };
  }

  /** The same where a password must be said to be set or taken away. @throws AppError VALIDATION_ERROR, ENCRYPTION_FAILED */
  async readChange(fields: PasswordFields): Promise<GivenPasswords> {
    if (fields.password === undefined && fields.encrypted_password === undefined) {
      const message = "Send the new password as 'password' or 'encrypted_password'; null takes it away.";
      throw invalidField('password', 'required', message);
    }
    return this.read(fields);
  }

  private async decrypt(fields: PasswordFields): Promise<GivenPasswords> {
    const { key_id, encrypted_password, encrypted_current_password } = fields;
    const plain = { next: fields.password ?? undefined, current: fields.current_password };
    if (key_id === undefined) return plain;
    const ciphertexts = [encrypted_password, encrypted_current_password].filter((text) => text !== undefined);
    const passwords = await this.ephemeralKeys.decrypt(key_id, ciphertexts);
    const next = encrypted_password === undefined ? plain.next : passwords[0];
    const current = encrypted_current_password === undefined ? plain.current : passwords.at(-1);
    return { next, current };
  }
}
