import { Injectable } from '@nestjs/common';
import type { Invitations } from '../../accounts/index.js';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import { INVITATION_HOURS, type Invitation, type InvitationStatus } from './invitation.js';

/** An invitation's row: the address lies sealed. */
export interface InvitationRow extends Omit<Invitation, 'email'> {
  readonly emailSealed: Buffer;
}

/** An invitation to be stored. */
export interface NewInvitation extends Pick<Invitation, 'id' | 'organizationId' | 'role' | 'invitedBy'> {
  readonly emailSealed: Buffer;
  readonly emailLookup: Buffer;
  /** SHA-256 of the token. */
  readonly hash: Buffer;
}

const IS_OPEN = 'accepted_at IS NULL AND revoked_at IS NULL AND expires_at > statement_timestamp()';

const STATUS = `
  CASE WHEN accepted_at IS NOT NULL THEN 'accepted' WHEN revoked_at IS NOT NULL THEN 'revoked'
       WHEN expires_at <= statement_timestamp() THEN 'expired' ELSE 'open' END`;

const COLUMNS = `
  id, organization_id AS "organizationId", email_sealed AS "emailSealed", role, ${STATUS} AS status,
  invited_by AS "invitedBy", created_at AS "createdAt", expires_at AS "expiresAt"`;

@Injectable()
export class InvitationsRepository {
  list(
    organizationId: string,
    filter: { readonly status?: InvitationStatus | undefined },
    listing: Listing,
    db: Tx,
  ): Promise<Listed<InvitationRow>> {
    const where = [
      ['organization_id = ?', organizationId],
      [`${STATUS} = ?`, filter.status],
    ] as const;
    const sort = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;
    return listRows({ select: COLUMNS, from: 'invitations', where, sort }, listing, db);
  }

  async find(organizationId: string, id: string, db: Tx): Promise<InvitationRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM invitations WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  /** The open invitation whose token has this hash, of whatever organization: the hash is what lets in. */
  async findOpen(hash: Buffer, db: Tx): Promise<Invitations.OpenInvitation | undefined> {
    const rows = await db.query(
      `SELECT id, organization_id AS "organizationId", role, email_lookup AS "emailLookup"
         FROM invitations WHERE hash = $1 AND ${IS_OPEN}`,
      [hash],
    );
    return rows[0];
  }

  async hasOpen(organizationId: string, emailLookup: Buffer, db: Tx): Promise<boolean> {
    const rows = await db.query(
      `SELECT FROM invitations WHERE organization_id = $1 AND email_lookup = $2 AND ${IS_OPEN}`,
      [organizationId, emailLookup],
    );
    return rows.length > 0;
  }

  async insert(invitation: NewInvitation, tx: Tx): Promise<void> {
    const { id, organizationId, emailSealed, emailLookup, role, hash, invitedBy } = invitation;
    await tx.query(
      `INSERT INTO invitations
         (id, organization_id, email_sealed, email_lookup, role, hash, invited_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(hours => $8))`,
      [id, organizationId, emailSealed, emailLookup, role, hash, invitedBy, INVITATION_HOURS],
    );
  }

  /** Uses an invitation up. @returns false when it is not open any more, or another was faster */
  async markAccepted(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    return this.mark('accepted_at', organizationId, id, tx);
  }

  /** @returns false when it was not open */
  async markRevoked(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    return this.mark('revoked_at', organizationId, id, tx);
  }

  private async mark(
    column: 'accepted_at' | 'revoked_at',
    organizationId: string,
    id: string,
    tx: Tx,
  ): Promise<boolean> {
    const [, count] = await tx.query(
      `UPDATE invitations SET ${column} = now() WHERE organization_id = $1 AND id = $2 AND ${IS_OPEN}`,
      [organizationId, id],
    );
    return count === 1;
  }

  /** Deletes what was accepted, was revoked or could no longer be accepted so many days ago, of whatever organization. */
  async deleteOld(days: number, tx: Tx): Promise<void> {
    await tx.query(
      `DELETE FROM invitations
        WHERE least(accepted_at, revoked_at, expires_at) < now() - make_interval(days => $1)`,
      [days],
    );
  }
}
