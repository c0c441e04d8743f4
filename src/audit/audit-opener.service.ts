import { Injectable } from '@nestjs/common';
import { UserDirectory } from '../accounts/index.js';
import { OpenError } from '../crypto/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { AuditDetails } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { AuditRow } from './audit-logs.repository.js';
import { type AuditReach, type Openness, opennessOf } from './audit-reach.policy.js';
import type { AuditRecord, MoreDetails } from './audit-record.js';

/** Opens what of entries is sealed, as far as their reader may see it. */
@Injectable()
export class AuditOpener {
  constructor(
    private readonly sealer: Sealer,
    private readonly users: UserDirectory,
    private readonly organizations: OrganizationsRepository,
  ) {}

  async open(rows: readonly AuditRow[], reach: AuditReach, db: Tx): Promise<AuditRecord[]> {
    const ids = new Set(rows.flatMap(({ userId }) => userId ?? []));
    const people = await this.users.find([...ids], db);
    return Promise.all(
      rows.map(async ({ sealed, number, ...row }) => {
        const person = row.userId === null ? undefined : people.get(row.userId);
        return {
          ...row,
          number: Number(number),
          userName: person && !person.erased ? person.fullName : '',
          userEmail: person?.email ?? '',
          ...shown(await this.detailsOf({ ...row, sealed }, opennessOf(reach, row), db)),
        };
      }),
    );
  }

  /** Undefined where they are closed, were erased, or went with the keys of an organization that was erased. */
  private async detailsOf(
    { sealed, id, organizationId }: Pick<AuditRow, 'sealed' | 'id' | 'organizationId'>,
    openness: Openness,
    db: Tx,
  ): Promise<AuditDetails | undefined> {
    if (openness === 'none' || sealed === null) return undefined;
    try {
      const place = { organizationId, table: 'audit_logs', id, version: 1 };
      const details: AuditDetails = JSON.parse((await this.sealer.open(place, sealed, db)).toString());
      if (openness === 'all') return details;
      const { client_address: _, user_agent: __, ...effect } = details;
      return effect;
    } catch (error) {
      // A value that does not open although its keys are there was tampered with, which must not pass for an erasure.
      if (error instanceof OpenError && (await this.organizations.isErased(organizationId, db)))
        return undefined;
      throw error;
    }
  }
}

/** The fields that details have of their own, and the rest of them. */
function shown(details: AuditDetails | undefined) {
  const { client_address, user_agent, method_used, policy_id, policy_version, ...more } = details ?? {};
  return {
    clientAddress: client_address ?? null,
    userAgent: user_agent ?? null,
    methodUsed: method_used ?? null,
    policyId: policy_id ?? null,
    policyVersion: policy_version ?? null,
    // What was stored as JSON has no undefined values.
    details: details ? (more as MoreDetails) : null,
  };
}
