import { invalidField } from '../../platform/errors/app-error.js';

const FIELD = 'base_url';
const MESSAGE =
  "'base_url' must be a URL like https://models.example.org/v1: http or https, up to and including /v1, without user, query and fragment, its path of letters, digits and . _ ~ - alone.";

/** Addresses lie in clear: no path of one is a sentence. */
const PATH = /^[\w./~-]*$/;

/**
 * A model server's address as it is kept: in the URL standard's spelling, without a slash at its end.
 * @throws AppError VALIDATION_ERROR
 */
export function baseUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && !/[?#]/.test(text);
  const isSimple = url !== undefined && PATH.test(url.pathname);
  if (!isSimple || !isPlain || !/^https?:$/.test(url.protocol)) throw invalidField(FIELD, 'format', MESSAGE);
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** Where a key for that address may go: scheme, host and port. */
export const originOf = (baseUrl: string): string => new URL(baseUrl).origin;
