import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import type { IfMatch } from '../../platform/http/etag.js';
import { type Listed, type Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import type { Organization } from '../organization.js';
import { OrganizationChangesService } from '../organization-changes.service.js';
import { OrganizationRemoval } from '../organization-removal.service.js';
import { OrganizationsService } from '../organizations.service.js';
import type {
  CreateOrganizationDto,
  OrganizationDto,
  OrganizationQuery,
  UpdateOrganizationDto,
} from './organization.dto.js';
import { presentOrganization } from './organization.presenter.js';

const CHANGEABLE = ['name', 'description'] as const;

/** A name without the spaces around it. @throws AppError VALIDATION_ERROR when too little is left */
export function organizationNameOf(text: string): string {
  const name = text.trim();
  if (name.length < 2)
    throw invalidField(
      'name',
      'minLength',
      "'name' must have at least 2 characters, not counting spaces around it.",
    );
  return name;
}

/** Organizations as every surface offers them; surfaces differ in paths and envelopes alone. */
@Injectable()
export class OrganizationOperations {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly changes: OrganizationChangesService,
    private readonly removal: OrganizationRemoval,
    private readonly writes: Writes,
  ) {}

  createOrganization(caller: Caller, body: CreateOrganizationDto): Promise<OrganizationDto> {
    return this.createOrganizationAs(presentOrganization, caller, body);
  }

  /** A surface may give the answer a shape of its own. */
  async createOrganizationAs<Shown extends object>(
    present: (organization: Organization) => Shown,
    caller: Caller,
    { name, description = null }: CreateOrganizationDto,
  ): Promise<Shown> {
    const settings = { name: organizationNameOf(name), description };
    return this.writes.run(caller, async (tx) =>
      present(await this.changes.createOrganization(caller, settings, tx)),
    );
  }

  async getOrganization(caller: Caller, id: string): Promise<OrganizationDto> {
    return presentOrganization(await this.organizations.getOrganization(caller, id));
  }

  async listOrganizations(
    caller: Caller,
    { name, search }: OrganizationQuery,
    listing: Listing,
  ): Promise<Listed<OrganizationDto>> {
    const { rows, ...rest } = await this.organizations.listOrganizations(caller, { name, search }, listing);
    return { ...rest, rows: rows.map(presentOrganization) };
  }

  updateOrganization(
    caller: Caller,
    id: string,
    body: UpdateOrganizationDto,
    ifMatch: IfMatch,
  ): Promise<OrganizationDto> {
    return this.updateOrganizationAs(presentOrganization, caller, id, body, ifMatch);
  }

  /** What the body leaves out stays. A surface may give the answer a shape of its own. */
  async updateOrganizationAs<Shown extends object>(
    present: (organization: Organization) => Shown,
    caller: Caller,
    id: string,
    { name, description }: UpdateOrganizationDto,
    ifMatch: IfMatch,
  ): Promise<Shown> {
    if (name === undefined && description === undefined) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const change = { name: name === undefined ? undefined : organizationNameOf(name), description };
    return this.writes.run(caller, async (tx) =>
      present(await this.changes.changeOrganization(caller, id, change, ifMatch, tx)),
    );
  }

  async deleteOrganization(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    const home = await this.removal.homeOf(caller);
    await this.writes.run(home, async (tx) => {
      await this.removal.deleteOrganization({ caller, home }, id, ifMatch, tx);
      return undefined;
    });
  }
}
