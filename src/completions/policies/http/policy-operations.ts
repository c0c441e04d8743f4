import { Injectable } from '@nestjs/common';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { PolicyChanges } from '../policy-changes.service.js';
import { PolicyChecks } from '../policy-checks.service.js';
import { PolicyReading } from '../policy-reading.service.js';
import { type PolicyInForce, type PolicyOwner, tagOf } from '../stored-policy.js';
import type { PolicyDto, PolicyVersionDto, PutPolicyDto } from './policy.dto.js';
import { presentPolicy, presentPolicyVersion } from './policy.presenter.js';

/** Whose policy a path names. */
export type PolicyPath = { readonly project: string } | { readonly organization: string };

/** A policy, and by what a client tells it from others. */
export interface TaggedPolicy {
  readonly body: PolicyDto;
  readonly tag: number | string;
}

/** Policies of projects and of organizations, which differ in nothing but whose they are. */
@Injectable()
export class PolicyOperations {
  constructor(
    private readonly reading: PolicyReading,
    private readonly checks: PolicyChecks,
    private readonly changes: PolicyChanges,
    private readonly writes: Writes,
  ) {}

  async getPolicy(caller: Caller, path: PolicyPath): Promise<TaggedPolicy> {
    const owner = await this.ownerOf(caller, path);
    return tagged(await this.reading.inForce(owner), owner);
  }

  async putPolicy(
    caller: Caller,
    path: PolicyPath,
    body: PutPolicyDto,
    ifMatch: IfMatch,
  ): Promise<PolicyDto> {
    const owner = await this.ownerOf(caller, path);
    const policy = await this.checks.settle(caller, body);
    return this.writes.run(caller, async (tx) =>
      presentPolicy(await this.changes.set(caller, owner, policy, ifMatch, tx)),
    );
  }

  async deletePolicy(caller: Caller, path: PolicyPath, ifMatch: IfMatch): Promise<void> {
    const owner = await this.ownerOf(caller, path);
    await this.writes.run(caller, async (tx) => {
      await this.changes.takeBack(caller, owner, ifMatch, tx);
      return undefined;
    });
  }

  async listVersions(caller: Caller, path: PolicyPath, listing: Listing): Promise<Listed<PolicyVersionDto>> {
    const owner = await this.ownerOf(caller, path);
    const { rows, ...rest } = await this.reading.listVersions(owner, listing);
    return { ...rest, rows: rows.map(presentPolicyVersion) };
  }

  async getVersion(caller: Caller, path: PolicyPath, version: number): Promise<PolicyVersionDto> {
    const owner = await this.ownerOf(caller, path);
    return presentPolicyVersion(await this.reading.getVersion(owner, version));
  }

  private async ownerOf(caller: Caller, path: PolicyPath): Promise<PolicyOwner> {
    return 'project' in path
      ? this.reading.ownerOfProject(caller, path.project)
      : this.reading.ownerOfOrganization(caller, path.organization);
  }
}

const tagged = (policy: PolicyInForce, owner: PolicyOwner): TaggedPolicy => ({
  body: presentPolicy(policy),
  tag: tagOf(policy, owner),
});
