import { Injectable } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type SecretOwner, WebhookSecretsRepository } from './webhook-secrets.repository.js';

/** Bytes of a secret (Standard Webhooks 1.0.0: between 24 and 64). */
const SECRET_BYTES = 32;
/** Most secrets that sign at a time, so that a header stays short. */
const MOST_SIGNING = 4;

/** `whsec_` and 32 random bytes in Base64, as Standard Webhooks writes symmetric secrets. */
const newSecret = (): string =>
  `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))).toString('base64')}`;

const placeOf = ({ organizationId, webhookId }: SecretOwner, version: number) => ({
  organizationId,
  table: 'webhook_secrets',
  id: webhookId,
  version,
});

/** The secrets that sign what a webhook sends. They are shown once, and lie sealed. */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly repository: WebhookSecretsRepository,
    private readonly sealer: Sealer,
  ) {}

  /**
   * A new secret signs from now on; those before it sign along until a time, at most three of them.
   * @returns the secret in clear
   */
  async add(owner: SecretOwner, oldUntil: Date, now: Date, tx: Tx): Promise<string> {
    const version = (await this.repository.newestVersion(owner, tx)) + 1;
    const oldestVersion = version + 1 - MOST_SIGNING;
    await this.repository.endAll(owner, { at: oldUntil, now, oldestVersion }, tx);
    const secret = newSecret();
    const secretSealed = await this.sealer.seal(placeOf(owner, version), Buffer.from(secret), tx);
    await this.repository.insert(owner, { version, secretSealed }, tx);
    return secret;
  }

  /** Those that sign at a time, in clear, newest first. @throws OpenError when one was changed or moved */
  async signing(owner: SecretOwner, now: Date, db: Tx): Promise<string[]> {
    const stored = await this.repository.listSigning(owner, now, db);
    const opened = stored.map(({ version, secretSealed }) =>
      this.sealer.open(placeOf(owner, version), secretSealed, db),
    );
    return (await Promise.all(opened)).map((secret) => secret.toString('utf8'));
  }
}
