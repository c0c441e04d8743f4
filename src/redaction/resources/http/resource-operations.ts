import { Injectable } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { ResourceFilter } from '../resource.js';
import { ResourceChangesService } from '../resource-changes.service.js';
import { checkInput } from '../resource-config.js';
import { ResourcesService } from '../resources.service.js';
import type { CreateResourceDto, ResourceDto, UpdateResourceDto } from './resource.dto.js';
import { presentResource } from './resource.presenter.js';

const CHANGEABLE = ['name', 'type', 'status', 'config'] as const;

/** Resources as every surface offers them; surfaces differ in paths and envelopes alone. */
@Injectable()
export class ResourceOperations {
  constructor(
    private readonly resources: ResourcesService,
    private readonly changes: ResourceChangesService,
    private readonly writes: Writes,
  ) {}

  async getResource(caller: Caller, id: string): Promise<ResourceDto> {
    return presentResource(await this.resources.getResource(caller, id));
  }

  async listResources(
    caller: Caller,
    filter: ResourceFilter,
    listing: Listing,
  ): Promise<Listed<ResourceDto>> {
    const { rows, ...rest } = await this.resources.listResources(caller, filter, listing);
    return { ...rest, rows: rows.map(presentResource) };
  }

  async createResource(caller: Caller, body: CreateResourceDto): Promise<ResourceDto> {
    const input = checkInput(body);
    return this.writes.run(caller, async (tx) =>
      presentResource(await this.changes.createResource(caller, input, tx)),
    );
  }

  /** PUT and PATCH alike: what the body leaves out stays. */
  async updateResource(
    caller: Caller,
    id: string,
    body: UpdateResourceDto,
    ifMatch: IfMatch,
  ): Promise<ResourceDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const input = checkInput(body);
    return this.writes.run(caller, async (tx) =>
      presentResource(await this.changes.changeResource(caller, id, input, ifMatch, tx)),
    );
  }

  async deleteResource(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteResource(caller, id, ifMatch, tx);
      return undefined;
    });
  }
}
