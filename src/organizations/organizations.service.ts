import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import { roleHere } from './here.js';
import type { Organization, OrganizationFilter } from './organization.js';
import { OrganizationDescriptions } from './organization-descriptions.service.js';
import { type OrganizationName, OrganizationsRepository } from './organizations.repository.js';

/** Reading organizations: those that the caller's credential reaches. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly repository: OrganizationsRepository,
    private readonly descriptions: OrganizationDescriptions,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getOrganization({ principal }: Caller, id: string): Promise<Organization> {
    const role = roleHere(principal, id);
    const db = this.dataSource.manager;
    const row = await this.repository.find(id, db);
    if (!row) throw platformError('NOT_FOUND');
    return this.descriptions.open(row, role, db);
  }

  /** The same by number. @throws AppError NOT_FOUND */
  async getOrganizationByNumber(caller: Caller, number: number): Promise<Organization> {
    const id = await this.findId(number);
    if (id === undefined) throw platformError('NOT_FOUND');
    return this.getOrganization(caller, id);
  }

  async listOrganizations(
    { principal }: Caller,
    filter: OrganizationFilter,
    listing: Listing,
  ): Promise<Listed<Organization>> {
    const db = this.dataSource.manager;
    const roles = new Map(principal.memberships.map(({ organizationId, role }) => [organizationId, role]));
    const { rows, ...rest } = await this.repository.list([...roles.keys()], filter, listing, db);
    const opening = rows.flatMap((row) => {
      const role = roles.get(row.id);
      return role ? [this.descriptions.open(row, role, db)] : [];
    });
    return { ...rest, rows: await Promise.all(opening) };
  }

  /** The id that goes with a number. Asks nobody whether they may know it. */
  findId(number: number): Promise<string | undefined> {
    return this.repository.findId(number, this.dataSource.manager);
  }

  /** Names and numbers, by id. Asks nobody whether they may know them. */
  namesOf(ids: readonly string[]): Promise<Map<string, OrganizationName>> {
    return this.repository.findNames(ids, this.dataSource.manager);
  }
}
