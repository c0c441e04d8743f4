import { invalidField } from '../../../platform/errors/app-error.js';
import type { EncryptedSecrets } from '../redaction-secrets.service.js';
import type { CreateRedactionDto } from './redaction.dto.js';

/**
 * What a request encrypted with an ephemeral key, before that is burnt for it: the key comes with something that was
 * encrypted with it, and only then.
 * @throws AppError VALIDATION_ERROR
 */
export function checkSecretFields(body: CreateRedactionDto): EncryptedSecrets | undefined {
  const { key_id: keyId, encrypted_password, encrypted_document_password } = body;
  const isGiven = encrypted_password !== undefined || encrypted_document_password !== undefined;
  if (keyId === undefined && !isGiven) return undefined;
  if (keyId === undefined) {
    const message =
      "The 'key_id' field is required: it names the ephemeral key that a password was encrypted with.";
    throw invalidField('key_id', 'required', message);
  }
  if (!isGiven) {
    const message =
      "The 'encrypted_password' field is required: 'key_id' comes with a password that was encrypted with it.";
    throw invalidField('encrypted_password', 'required', message);
  }
  return { keyId, password: encrypted_password, documentPassword: encrypted_document_password };
}
