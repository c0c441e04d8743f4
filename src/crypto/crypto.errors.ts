import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const CRYPTO_ERRORS = defineErrors({
  KEY_ROTATION_RUNNING: {
    status: 409,
    type: 'conflict',
    message:
      "These keys are being rotated already. Watch the job of type 'key_rotation', and ask again when it ends.",
  },
  NEXT_MASTER_KEY_MISSING: {
    status: 422,
    type: 'unprocessable',
    message:
      'The master key comes from REDOUBT_MASTER_KEY, so the next one must too. Restart every process with a fresh key in REDOUBT_NEXT_MASTER_KEY, then ask again.',
  },
  NEXT_MASTER_KEY_IN_USE: {
    status: 422,
    type: 'unprocessable',
    message:
      'The key in REDOUBT_NEXT_MASTER_KEY is in use already. Restart every process with it as REDOUBT_MASTER_KEY and a fresh key, or none, as REDOUBT_NEXT_MASTER_KEY.',
  },
  PASSWORD_REQUIRED: {
    status: 400,
    type: 'validation_error',
    message:
      "This project is protected by a password. Get an ephemeral key, encrypt the password with it, and send 'key_id' and 'encrypted_password'.",
    sero: 'INVALID_PASSWORD',
  },
  INVALID_PASSWORD: {
    status: 400,
    type: 'validation_error',
    message: "This is not the project's password. Get a fresh ephemeral key to try again.",
  },
  /** One and the same for every failure, so that nobody learns which step it was (RFC 8017 §7.1.2, note). */
  ENCRYPTION_FAILED: {
    status: 400,
    type: 'validation_error',
    message:
      'The encrypted password could not be read. An ephemeral key works once and for 300 seconds: get a fresh one, and encrypt with RSA-OAEP, SHA-256 for hash and MGF1.',
  },
  GRANT_EXPIRED: {
    status: 422,
    type: 'unprocessable',
    message:
      'The key of this file is no longer granted. Start the redaction again, with the password where the project has one.',
  },
  EPHEMERAL_KEYS_EXHAUSTED: {
    status: 503,
    type: 'service_unavailable',
    message: 'No ephemeral key is ready right now. Try again in a few seconds.',
  },
});

export const cryptoError = errorsOf(CRYPTO_ERRORS);
