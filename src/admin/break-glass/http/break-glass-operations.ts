import { Injectable } from '@nestjs/common';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { BreakGlassService } from '../break-glass.service.js';
import type {
  BreakGlassDto,
  BreakGlassListDto,
  BreakGlassQuery,
  OpenBreakGlassDto,
} from './break-glass.dto.js';
import { presentGlass } from './break-glass.presenter.js';

/** The operations of breaking glass. */
@Injectable()
export class BreakGlassOperations {
  constructor(
    private readonly glasses: BreakGlassService,
    private readonly writes: Writes,
  ) {}

  open(caller: Caller, { reason, minutes, ...body }: OpenBreakGlassDto): Promise<BreakGlassDto> {
    const { organization_id: organizationId, project_id: projectId = null } = body;
    const request = { organizationId, projectId, reason, minutes };
    return this.writes.run(caller, async (tx) => presentGlass(await this.glasses.open(caller, request, tx)));
  }

  async list(caller: Caller, query: BreakGlassQuery): Promise<BreakGlassListDto> {
    const listing = listingOf(query);
    const filter = { organizationId: query.organization_id, active: query.active };
    return listEnvelope(await this.glasses.list(caller, filter, listing), listing, presentGlass);
  }

  async end(caller: Caller, id: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.glasses.end(caller, id, tx);
      return undefined;
    });
  }
}
