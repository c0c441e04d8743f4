import { Injectable } from '@nestjs/common';
import { ChatOversight, type Overseeing } from '../../chats/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Principal } from '../../platform/http/principal.js';
import { BreakGlassService } from './break-glass.service.js';

/** Lets an administrator of the instance read chats of what they broke the glass of, for as long as it lasts. */
@Injectable()
export class BreakGlassOversight extends ChatOversight {
  constructor(private readonly glasses: BreakGlassService) {
    super();
  }

  async find({ systemRole, mode, userId, organizationId }: Principal, db: Tx): Promise<Overseeing[]> {
    if (systemRole !== 'admin' || mode === 'sandbox') return [];
    const open = await this.glasses.listOpen({ userId, organizationId }, db);
    return open.map(({ id, projectId, reason }) => ({ breakGlassId: id, projectId, reason }));
  }
}
