import { invalidField } from '../../platform/errors/app-error.js';

/** The fields in which a request brings passwords, in clear or encrypted with an ephemeral key. */
export interface PasswordFields {
  readonly password?: string | null | undefined;
  readonly current_password?: string | undefined;
  readonly key_id?: string | undefined;
  readonly encrypted_password?: string | undefined;
  readonly encrypted_current_password?: string | undefined;
}

const refuse = (field: string, constraint: string, message: string): never => {
  throw invalidField(field, constraint, message);
};

/**
 * Refuses a combination of fields that makes no sense, before a key is burnt for it: each password in one form alone,
 * and `key_id` with whatever is encrypted, and only then.
 * @throws AppError VALIDATION_ERROR
 */
export function checkPasswordFields(fields: PasswordFields): void {
  const { password, current_password, key_id, encrypted_password, encrypted_current_password } = fields;
  if (password !== undefined && encrypted_password !== undefined)
    refuse('encrypted_password', 'exclusive', "Send either 'password' or 'encrypted_password'.");
  if (current_password !== undefined && encrypted_current_password !== undefined)
    refuse(
      'encrypted_current_password',
      'exclusive',
      "Send either 'current_password' or 'encrypted_current_password'.",
    );
  const encrypted = encrypted_password ?? encrypted_current_password;
  if (encrypted !== undefined && key_id === undefined)
    refuse('key_id', 'required', "'key_id' names the ephemeral key that a password was encrypted with.");
  if (encrypted === undefined && key_id !== undefined)
    refuse('encrypted_password', 'required', "'key_id' comes with a password that was encrypted with it.");
}
