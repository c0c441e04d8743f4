import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { HomeMoving } from '../accounts/index.js';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ErasableContents, type ErasureRun } from '../platform/erasure/erasable-contents.js';
import { LOGGER } from '../platform/telemetry/logger.js';
import { TenantErasure } from '../platform/tenants/tenant-erasure.js';

/**
 * Organizations that were deleted and have come back in a restored database. Those who are at home there again move to another of
 * theirs; where somebody has none, it stays, and the log says so: their account would go with its keys.
 */
@Injectable()
export class ErasableOrganizations extends ErasableContents {
  constructor(
    private readonly homes: HomeMoving.UserHomes,
    private readonly erasure: TenantErasure,
    private readonly audit: AuditWriter,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  override async eraseOrganization({ id, organizationId }: ErasureRun): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if ((await this.homes.moveAll(organizationId, tx)) > 0) {
        this.logger.error({ message: 'a deleted organization is somebody’s only home', organizationId });
        return;
      }
      await this.audit.append(
        {
          organizationId,
          actor: { type: 'system', id: 'ledger' },
          action: 'erasure.reapplied',
          target: { type: 'organization', id: organizationId },
          requestId: id,
        },
        tx,
      );
      await this.erasure.beginAgain(organizationId, tx);
    });
  }
}
