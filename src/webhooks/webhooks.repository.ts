import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { LastDelivery, ReceiverHealth, WebhookRow } from './webhook.js';

const COLUMNS = `
  id, organization_id AS "organizationId", content_sealed AS "contentSealed", events, project_id AS "projectId",
  names, ordered, enabled, disabled_reason AS "disabledReason", disabled_at AS "disabledAt",
  failing_since AS "failingSince", exhausted, throttles, resume_at AS "resumeAt", version,
  created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
};

/** A webhook that an event is for. */
export interface Subscriber {
  readonly id: string;
  readonly ordered: boolean;
  readonly enabled: boolean;
}

@Injectable()
export class WebhooksRepository {
  list(
    organizationId: string,
    filter: { readonly enabled?: boolean | undefined },
    listing: Listing,
    db: Tx,
  ): Promise<Listed<WebhookRow>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['enabled = ?', filter.enabled],
    ] as const;
    return listRows({ select: COLUMNS, from: 'webhooks', where, sort: SORT }, listing, db);
  }

  async find(organizationId: string, id: string, db: Tx): Promise<WebhookRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM webhooks WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  /**
   * Reads a webhook and keeps others from changing it, and its deliveries' places in line, until the transaction ends. Whoever
   * locks deliveries too locks their webhook first.
   */
  async lock(organizationId: string, id: string, tx: Tx): Promise<WebhookRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM webhooks WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`;
    return (await tx.query(sql, [organizationId, id]))[0];
  }

  /** Locks those that have subscribed to an event by one of these patterns, in the order of their ids. */
  lockSubscribers(
    organizationId: string,
    projectId: string | null,
    patterns: readonly string[],
    tx: Tx,
  ): Promise<Subscriber[]> {
    return tx.query(
      `SELECT id, ordered, enabled FROM webhooks
        WHERE organization_id = $1 AND (project_id IS NULL OR project_id = $2) AND events && $3::text[]
        ORDER BY id FOR NO KEY UPDATE`,
      [organizationId, projectId, patterns],
    );
  }

  /** How many there are; nobody makes another until the transaction ends. */
  async countLocked(organizationId: string, tx: Tx): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('webhooks'), hashtext($1))`, [organizationId]);
    const sql = 'SELECT count(*)::int AS count FROM webhooks WHERE organization_id = $1';
    return (await tx.query(sql, [organizationId]))[0].count;
  }

  async insert(row: WebhookRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO webhooks (id, organization_id, content_sealed, events, project_id, names, ordered, enabled,
                             disabled_reason, disabled_at, version, created_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[row.id, row.organizationId, row.contentSealed, row.events, row.projectId, row.names, row.ordered],
        ...[row.enabled, row.disabledReason, row.disabledAt, row.version],
        ...[row.createdBy, row.createdAt, row.updatedAt],
      ],
    );
  }

  /** Writes everything that can change of a webhook whose row is locked. */
  async update(row: WebhookRow, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE webhooks
          SET content_sealed = $3, events = $4, project_id = $5, names = $6, ordered = $7, enabled = $8,
              disabled_reason = $9, disabled_at = $10, failing_since = $11, exhausted = $12, throttles = $13,
              resume_at = $14, version = $15, updated_at = $16
        WHERE organization_id = $1 AND id = $2`,
      [
        ...[row.organizationId, row.id, row.contentSealed, row.events, row.projectId, row.names, row.ordered],
        ...[row.enabled, row.disabledReason, row.disabledAt, row.failingSince, row.exhausted, row.throttles],
        ...[row.resumeAt, row.version, row.updatedAt],
      ],
    );
  }

  /** How its receiver does, of a webhook whose row is locked; no new version. */
  async setHealth(
    { organizationId, id }: Pick<WebhookRow, 'organizationId' | 'id'>,
    { failingSince, exhausted, throttles, resumeAt }: ReceiverHealth,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE webhooks SET failing_since = $3, exhausted = $4, throttles = $5, resume_at = $6
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, failingSince, exhausted, throttles, resumeAt],
    );
  }

  /** Secrets and deliveries go with it. */
  async delete(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM webhooks WHERE organization_id = $1 AND id = $2', [organizationId, id]);
  }

  /** By webhook, what was tried last. */
  async lastDeliveries(
    organizationId: string,
    ids: readonly string[],
    db: Tx,
  ): Promise<ReadonlyMap<string, LastDelivery>> {
    const rows: (LastDelivery & { webhookId: string })[] = await db.query(
      `SELECT w.id AS "webhookId", d.* FROM unnest($2::text[]) AS w (id)
        CROSS JOIN LATERAL (
          SELECT id, event, status, attempted_at AS "attemptedAt", response_status AS "responseStatus", fault
            FROM webhook_deliveries
           WHERE webhook_id = w.id AND organization_id = $1 AND attempted_at IS NOT NULL
           ORDER BY attempted_at DESC LIMIT 1) d`,
      [organizationId, ids],
    );
    return new Map(rows.map(({ webhookId, ...last }) => [webhookId, last]));
  }
}
