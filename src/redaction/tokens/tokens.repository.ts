import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { TokenScope } from './project-tokens.js';
import type { NewEntry, SealedEntry } from './token-entry.sealer.js';
import type { TokenRecord } from './token-record.js';

const INSERT = `
  INSERT INTO token_entries
         (id, organization_id, scope_id, type, code, identity, generation, spelling, value_sealed, key_sealed)
  SELECT e.id, $1, $2, e.type, e.code, e.identity, e.generation, e.spelling, e.value_sealed, e.key_sealed
    FROM unnest($3::text[], $4::text[], $5::text[], $6::bytea[], $7::integer[], $8::bytea[], $9::bytea[], $10::bytea[])
         AS e (id, type, code, identity, generation, spelling, value_sealed, key_sealed)
      ON CONFLICT DO NOTHING RETURNING spelling`;

/** One probe of the index for each type, however many entries there are. */
const TYPES = `
  WITH RECURSIVE found (type) AS (
    SELECT min(type) FROM token_entries WHERE organization_id = $1 AND scope_id = $2
     UNION ALL
    SELECT (SELECT min(e.type) FROM token_entries e
             WHERE e.organization_id = $1 AND e.scope_id = $2 AND e.type > found.type)
      FROM found WHERE found.type IS NOT NULL)
  SELECT type FROM found WHERE type IS NOT NULL`;

/** A scope is a project's, or that of a conversation in one. */
const IS_HELD = `EXISTS (
  SELECT FROM token_scopes s LEFT JOIN conversations c ON c.scope_id = s.id
    JOIN projects p ON p.id = coalesce(s.project_id, c.project_id) WHERE s.id = e.scope_id AND p.legal_hold)`;

@Injectable()
export class TokensRepository {
  /** Generations above 0, by identity. */
  generations(
    { organizationId, scopeId }: TokenScope,
    identities: readonly Buffer[],
    db: Tx,
  ): Promise<{ identity: Buffer; generation: number }[]> {
    const sql = `SELECT identity, generation FROM token_tombstones
                  WHERE organization_id = $1 AND scope_id = $2 AND identity = ANY($3::bytea[])`;
    return db.query(sql, [organizationId, scopeId, identities]);
  }

  findBySpelling(
    { organizationId, scopeId }: TokenScope,
    spellings: readonly Buffer[],
    db: Tx,
  ): Promise<{ spelling: Buffer; code: string }[]> {
    const sql = `SELECT spelling, code FROM token_entries
                  WHERE organization_id = $1 AND scope_id = $2 AND spelling = ANY($3::bytea[])`;
    return db.query(sql, [organizationId, scopeId, spellings]);
  }

  /** Adds what does not collide, in the order given; returns the spellings added. */
  async insert(
    { organizationId, scopeId }: TokenScope,
    entries: readonly NewEntry[],
    tx: Tx,
  ): Promise<Buffer[]> {
    const column = <K extends keyof NewEntry>(name: K): NewEntry[K][] => entries.map((entry) => entry[name]);
    const rows: { spelling: Buffer }[] = await tx.query(INSERT, [
      organizationId,
      scopeId,
      column('id'),
      column('type'),
      column('code'),
      column('identity'),
      column('generation'),
      column('spelling'),
      column('valueSealed'),
      column('keySealed'),
    ]);
    return rows.map(({ spelling }) => spelling);
  }

  /** Entries by their codes, with the sealed value of those not erased. */
  findByCodes(
    { organizationId, scopeId }: TokenScope,
    codes: readonly string[],
    db: Tx,
  ): Promise<SealedEntry[]> {
    const sql = `SELECT id, type, code, generation, value_sealed AS "valueSealed", key_sealed AS "keySealed"
                   FROM token_entries WHERE organization_id = $1 AND scope_id = $2 AND code = ANY($3::text[])`;
    return db.query(sql, [organizationId, scopeId, codes]);
  }

  /** Which of the codes were ever issued, erased ones included. */
  findIssued(
    { organizationId, scopeId }: TokenScope,
    codes: readonly string[],
    db: Tx,
  ): Promise<{ type: string; code: string }[]> {
    const sql = `SELECT type, code FROM token_entries
                  WHERE organization_id = $1 AND scope_id = $2 AND code = ANY($3::text[])`;
    return db.query(sql, [organizationId, scopeId, codes]);
  }

  async findTypes({ organizationId, scopeId }: TokenScope, db: Tx): Promise<string[]> {
    const rows: { type: string }[] = await db.query(TYPES, [organizationId, scopeId]);
    return rows.map(({ type }) => type);
  }

  /** An entry that has its value. */
  async findLive(
    { organizationId, scopeId }: TokenScope,
    code: string,
    db: Tx,
  ): Promise<{ id: string; type: string; identity: Buffer } | undefined> {
    const sql = `SELECT id, type, identity FROM token_entries
                  WHERE organization_id = $1 AND scope_id = $2 AND code = $3 AND erased_at IS NULL`;
    return (await db.query(sql, [organizationId, scopeId, code]))[0];
  }

  /** Entries of all scopes under no legal hold that have their values, behind an id, in the order of ids. */
  listLive(
    organizationId: string,
    after: string,
    limit: number,
    db: Tx,
  ): Promise<(SealedEntry & { readonly scopeId: string })[]> {
    const sql = `SELECT id, scope_id AS "scopeId", type, code, generation, value_sealed AS "valueSealed",
                        key_sealed AS "keySealed"
                   FROM token_entries e
                  WHERE organization_id = $1 AND id > $2 AND erased_at IS NULL AND NOT ${IS_HELD}
                  ORDER BY id LIMIT $3`;
    return db.query(sql, [organizationId, after, limit]);
  }

  /** Destroys keys and values of all spellings of an identity and raises its generation; returns how many. */
  async erase({ organizationId, scopeId }: TokenScope, identity: Buffer, tx: Tx): Promise<number> {
    const [, erased] = await tx.query(
      `UPDATE token_entries SET value_sealed = NULL, key_sealed = NULL, spelling = NULL, erased_at = now()
        WHERE organization_id = $1 AND scope_id = $2 AND identity = $3 AND erased_at IS NULL`,
      [organizationId, scopeId, identity],
    );
    await tx.query(
      `INSERT INTO token_tombstones (organization_id, scope_id, identity, generation) VALUES ($1, $2, $3, 1)
       ON CONFLICT (scope_id, identity)
       DO UPDATE SET generation = token_tombstones.generation + 1, erased_at = now()`,
      [organizationId, scopeId, identity],
    );
    return erased;
  }

  list(
    { organizationId, scopeId }: TokenScope,
    filter: { readonly type: string | undefined },
    listing: Listing,
    db: Tx,
  ): Promise<Listed<TokenRecord>> {
    const query = {
      select: 'type, code, created_at AS "createdAt", erased_at AS "erasedAt"',
      from: 'token_entries',
      where: [
        ['organization_id = ?', organizationId],
        ['scope_id = ?', scopeId],
        ['type = ?', filter.type],
      ] as const,
      sort: { created_at: { column: 'created_at', type: 'timestamptz' } } as const,
    };
    return listRows(query, listing, db);
  }
}
