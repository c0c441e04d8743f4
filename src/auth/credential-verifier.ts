import { platformError } from '../platform/errors/app-error.js';
import type { Principal } from '../platform/http/principal.js';

/** One kind of secret that may stand in an Authorization header. */
export interface CredentialVerifier {
  /**
   * Reads the credential anew, together with those of the same moment, so that a revocation holds from the next request on.
   * @throws AppError UNAUTHENTICATED saying what is wrong with it
   */
  verify(secret: string): Promise<Principal>;
}

export const refusedCredential = (message: string) =>
  platformError('UNAUTHENTICATED', { message, details: { field: 'Authorization', constraint: 'invalid' } });
