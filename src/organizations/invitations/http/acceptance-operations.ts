import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../platform/http/request-context.js';
import { settled } from '../../../platform/idempotency/settled.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { OrganizationDto } from '../../http/organization.dto.js';
import { presentOrganization } from '../../http/organization.presenter.js';
import { InvitationJoining } from '../invitation-joining.service.js';
import { InvitationMatching } from '../invitation-matching.service.js';

/** Accepting an invitation. */
@Injectable()
export class AcceptanceOperations {
  constructor(
    private readonly matching: InvitationMatching,
    private readonly joining: InvitationJoining,
    private readonly writes: Writes,
  ) {}

  async acceptInvitation(caller: Caller, token: string): Promise<OrganizationDto> {
    // A repeated request finds its answer, though the invitation is used up.
    const found = await settled(() => this.matching.find(caller, token));
    return this.writes.run(caller, async (tx) =>
      presentOrganization(await this.joining.join(caller, found(), tx)),
    );
  }
}
