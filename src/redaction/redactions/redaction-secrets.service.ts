import { Injectable } from '@nestjs/common';
import { EphemeralKeys } from '../../crypto/index.js';

/** Passwords as a client sent them, base64, all encrypted with one ephemeral key. */
export interface EncryptedSecrets {
  readonly keyId: string;
  /** Of the project. */
  readonly password: string | undefined;
  /** Of documents that are encrypted themselves. */
  readonly documentPassword: string | undefined;
}

export type ClearSecrets = Omit<EncryptedSecrets, 'keyId'>;

/** Reads passwords that an ephemeral key carried. */
@Injectable()
export class RedactionSecrets {
  constructor(private readonly keys: EphemeralKeys) {}

  /** Burns the key, whatever comes of it: not in a transaction. @throws AppError ENCRYPTION_FAILED */
  async read(secrets: EncryptedSecrets | undefined): Promise<ClearSecrets> {
    if (!secrets) return { password: undefined, documentPassword: undefined };
    const { keyId, password, documentPassword } = secrets;
    const given = [password, documentPassword].filter((text) => text !== undefined);
    const clear = await this.keys.decrypt(keyId, given);
    return {
      password: password === undefined ? undefined : clear[0],
      documentPassword: documentPassword === undefined ? undefined : clear.at(-1),
    };
  }
}
