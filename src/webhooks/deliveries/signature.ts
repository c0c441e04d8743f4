import { VERSION } from '../../platform/config/product.js';
import { hmacSha256 } from '../../platform/digest/hmac.js';

/** What is signed. */
export interface Signed {
  /** Of the delivery: the same however often it is tried. */
  readonly id: string;
  readonly event: string;
  /** The exact body. */
  readonly body: string;
  readonly at: Date;
}

/** The bytes behind a secret's `whsec_`, as Standard Webhooks keys its HMAC. */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/**
 * Headers of a delivery. Every secret signs in the three headers of Standard Webhooks 1.0.0 and, as `t=<seconds>,v1=<hex>`
 * over `<seconds>.<body>`, in SecureAI's; Platform's `X-Signature`, the hex HMAC of the body, has room for the newest alone. Both
 * of these are keyed with the UTF-8 bytes of the whole secret.
 * @param secrets in clear, the newest first
 */
export function signedHeaders(
  { id, event, body, at }: Signed,
  secrets: readonly [string, ...string[]],
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const standard = secrets.map(
    (secret) => `v1,${hmacSha256(keyOf(secret), `${id}.${seconds}.${body}`).toString('base64')}`,
  );
  const timed = secrets.map((secret) => `v1=${hmacSha256(secret, `${seconds}.${body}`).toString('hex')}`);
  return {
    'content-type': 'application/json',
    'user-agent': `Redoubt/${VERSION}`,
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': standard.join(' '),
    'x-signature': hmacSha256(secrets[0], body).toString('hex'),
    'x-secureai-signature': [`t=${seconds}`, ...timed].join(','),
    'x-secureai-event': event,
    'x-secureai-delivery': id,
  };
}
