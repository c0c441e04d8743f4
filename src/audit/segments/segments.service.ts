import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Principal } from '../../platform/http/principal.js';
import { auditError } from '../audit.errors.js';
import { ownLog } from '../proofs/chosen-log.policy.js';
import type { ArchivedSegment, SegmentRecord, SegmentStatus } from './segment.js';
import { SegmentsRepository } from './segments.repository.js';

/** Parts of an organization's log whose entries are kept no longer, as its administrators see them. */
@Injectable()
export class Segments {
  constructor(
    private readonly repository: SegmentsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @param organizationId the one that the request names
   * @throws AppError NOT_FOUND, PERMISSION_DENIED
   */
  list(
    principal: Principal,
    organizationId: string | undefined,
    status: SegmentStatus | undefined,
    listing: Listing,
  ): Promise<Listed<SegmentRecord>> {
    return this.repository.list(ownLog(principal, organizationId), status, listing, this.dataSource.manager);
  }

  /** @throws AppError NOT_FOUND, PERMISSION_DENIED, AUDIT_SEGMENT_NOT_TAKEN, AUDIT_SEGMENT_DELETED */
  async getArchived(principal: Principal, id: string): Promise<ArchivedSegment> {
    const found = await this.repository.find(id, ownLog(principal), this.dataSource.manager);
    if (!found) throw platformError('NOT_FOUND');
    if (found.status === 'announced') throw auditError('AUDIT_SEGMENT_NOT_TAKEN');
    const { objectKey, sizeBytes } = found;
    if (objectKey === null || sizeBytes === null) throw auditError('AUDIT_SEGMENT_DELETED');
    return { ...found, objectKey, sizeBytes };
  }
}
