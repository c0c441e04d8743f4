import { Injectable } from '@nestjs/common';
import { OrganizationOperations, OrganizationsService } from '../../organizations/index.js';
import type { Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import type {
  CreateKeynestOrganizationDto,
  KeynestOrganizationDto,
  UpdateKeynestOrganizationDto,
} from './keynest-organization.dto.js';
import { presentKeynestOrganization } from './keynest-organization.presenter.js';

/** The core's organizations under their numbers. */
@Injectable()
export class KeynestOrganizationOperations {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly operations: OrganizationOperations,
  ) {}

  async listOrganizations(caller: Caller, listing: Listing) {
    const { rows, total } = await this.organizations.listOrganizations(caller, {}, listing);
    return { rows: rows.map(presentKeynestOrganization), total };
  }

  createOrganization(caller: Caller, body: CreateKeynestOrganizationDto): Promise<KeynestOrganizationDto> {
    return this.operations.createOrganizationAs(presentKeynestOrganization, caller, body);
  }

  async getOrganization(caller: Caller, number: number): Promise<KeynestOrganizationDto> {
    return presentKeynestOrganization(await this.organizations.getOrganizationByNumber(caller, number));
  }

  async updateOrganization(
    caller: Caller,
    number: number,
    body: UpdateKeynestOrganizationDto,
  ): Promise<KeynestOrganizationDto> {
    const { id } = await this.organizations.getOrganizationByNumber(caller, number);
    return this.operations.updateOrganizationAs(presentKeynestOrganization, caller, id, body, undefined);
  }

  async deleteOrganization(caller: Caller, number: number): Promise<void> {
    const { id } = await this.organizations.getOrganizationByNumber(caller, number);
    await this.operations.deleteOrganization(caller, id, undefined);
  }
}
