import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 (RFC 2104) of a text's UTF-8 bytes; 32 bytes. For signatures whose form others have settled. */
export const hmacSha256 = (key: string | Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text, 'utf8').digest();
