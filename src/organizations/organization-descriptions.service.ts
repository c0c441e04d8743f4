import { Injectable } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { OrganizationRole } from '../platform/http/permission.js';
import type { Organization } from './organization.js';
import type { OrganizationRow } from './organizations.repository.js';

const placeOf = (id: string) => ({ organizationId: id, table: 'organizations', id, version: 1 });

/** Descriptions at rest, sealed under their own organization's key. */
@Injectable()
export class OrganizationDescriptions {
  constructor(private readonly sealer: Sealer) {}

  async seal(id: string, description: string | null, db: Tx): Promise<Buffer | null> {
    return description === null ? null : this.sealer.seal(placeOf(id), Buffer.from(description), db);
  }

  /** The organization as somebody with that role sees it. @throws OpenError when its description was changed or moved */
  async open(
    { descriptionSealed, ...row }: OrganizationRow,
    userRole: OrganizationRole,
    db: Tx,
  ): Promise<Organization> {
    const description =
      descriptionSealed && (await this.sealer.open(placeOf(row.id), descriptionSealed, db)).toString('utf8');
    return { ...row, description, userRole };
  }
}
