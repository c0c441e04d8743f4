import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

export interface StoredSecret {
  readonly version: number;
  readonly secretSealed: Buffer;
  /** Null of the newest. */
  readonly expiresAt: Date | null;
}

/** Whose secrets. */
export interface SecretOwner {
  readonly organizationId: string;
  readonly webhookId: string;
}

@Injectable()
export class WebhookSecretsRepository {
  /** Those that sign at a time, newest first. */
  listSigning({ organizationId, webhookId }: SecretOwner, now: Date, db: Tx): Promise<StoredSecret[]> {
    return db.query(
      `SELECT version, secret_sealed AS "secretSealed", expires_at AS "expiresAt" FROM webhook_secrets
        WHERE organization_id = $1 AND webhook_id = $2 AND (expires_at IS NULL OR expires_at > $3)
        ORDER BY version DESC`,
      [organizationId, webhookId, now],
    );
  }

  /** By webhook, until when older secrets sign along. */
  async oldUntil(
    organizationId: string,
    webhookIds: readonly string[],
    now: Date,
    db: Tx,
  ): Promise<ReadonlyMap<string, Date>> {
    const rows: { id: string; until: Date }[] = await db.query(
      `SELECT webhook_id AS id, max(expires_at) AS until FROM webhook_secrets
        WHERE organization_id = $1 AND webhook_id = ANY($2::text[]) AND expires_at > $3 GROUP BY webhook_id`,
      [organizationId, webhookIds, now],
    );
    return new Map(rows.map(({ id, until }) => [id, until]));
  }

  async newestVersion({ organizationId, webhookId }: SecretOwner, db: Tx): Promise<number> {
    const sql = `SELECT coalesce(max(version), 0) AS version FROM webhook_secrets
                  WHERE organization_id = $1 AND webhook_id = $2`;
    return (await db.query(sql, [organizationId, webhookId]))[0].version;
  }

  async insert(
    { organizationId, webhookId }: SecretOwner,
    { version, secretSealed }: Pick<StoredSecret, 'version' | 'secretSealed'>,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO webhook_secrets (organization_id, webhook_id, version, secret_sealed) VALUES ($1, $2, $3, $4)`,
      [organizationId, webhookId, version, secretSealed],
    );
  }

  /** Lets every secret end at a time at the latest, and forgets those that have, and all before a version. */
  async endAll(
    { organizationId, webhookId }: SecretOwner,
    { at, now, oldestVersion }: { readonly at: Date; readonly now: Date; readonly oldestVersion: number },
    tx: Tx,
  ): Promise<void> {
    const owner = [organizationId, webhookId];
    await tx.query(
      `UPDATE webhook_secrets SET expires_at = least(expires_at, $3) WHERE organization_id = $1 AND webhook_id = $2`,
      [...owner, at],
    );
    await tx.query(
      `DELETE FROM webhook_secrets
        WHERE organization_id = $1 AND webhook_id = $2 AND (expires_at <= $3 OR version < $4)`,
      [...owner, now, oldestVersion],
    );
  }
}
