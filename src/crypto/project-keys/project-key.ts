import { associatedData } from '../associated-data.js';
import { cryptoError } from '../crypto.errors.js';
import { OpenError, openBytes, sealBytes } from '../xaes.js';
import { newDerivation, type PasswordDerivation, passwordKey } from './password-key.js';

/** Whose key pair it is. */
export interface KeyOwner {
  readonly organizationId: string;
  readonly projectId: string;
}

/** A private half at rest, before the organization's key seals it: bare, or sealed under a password. */
export interface GuardedKey {
  readonly bytes: Buffer;
  /** Set when a password guards it. */
  readonly derivation: PasswordDerivation | undefined;
}

/** One state of a project's key pair. */
export interface KeyState extends KeyOwner {
  readonly id: string;
  readonly version: number;
}

const placeOf = ({ organizationId, projectId, id, version }: KeyState): Buffer =>
  associatedData(organizationId, 'project_keys', projectId, id, version, 'password');

/** Puts a private half under a password, if there is one. Slow then. */
export async function guard(
  state: KeyState,
  privateKey: Buffer,
  password: string | undefined,
): Promise<GuardedKey> {
  if (password === undefined) return { bytes: privateKey, derivation: undefined };
  const derivation = newDerivation();
  const key = await passwordKey(password, derivation);
  return { bytes: sealBytes(key, privateKey, placeOf(state)), derivation };
}

/**
 * Takes a private half from under its password. Slow when there is one.
 * @throws AppError PASSWORD_REQUIRED, INVALID_PASSWORD
 */
export async function unguard(
  state: KeyState,
  { bytes, derivation }: GuardedKey,
  password: string | undefined,
): Promise<Buffer> {
  if (!derivation) return bytes;
  if (password === undefined) throw cryptoError('PASSWORD_REQUIRED');
  const key = await passwordKey(password, derivation);
  try {
    return openBytes(key, bytes, placeOf(state));
  } catch (error) {
    throw error instanceof OpenError ? cryptoError('INVALID_PASSWORD') : error;
  }
}
