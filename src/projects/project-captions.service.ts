import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UsersRepository } from '../auth/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import { Sealer } from '../platform/audit/audit.writer.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';

/** What people read beside projects of one organization. */
export interface ProjectCaptions {
  readonly organizationNumber: number;
  readonly organizationName: string;
  /** Empty for somebody who has no name, or is of another organization. */
  readonly nameOf: (userId: string) => string;
}

/** Names of the organization and of the people that projects mention by their ids. */
@Injectable()
export class ProjectCaptionsService {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly users: UsersRepository,
    private readonly sealer: Sealer,
    private readonly dataSource: DataSource,
  ) {}

  async captionsFor({ principal }: Caller, userIds: readonly string[]): Promise<ProjectCaptions> {
    const { organizationId } = principal;
    const db = this.dataSource.manager;
    const organization = await this.organizations.findName(organizationId, db);
    if (!organization) throw platformError('NOT_FOUND');
    const sealed = await this.users.findNames(organizationId, [...new Set(userIds)], db);
    const opening = [...sealed].map(async ([id, name]) => {
      const place = { organizationId, table: 'users', id, version: 1 };
      return [id, (await this.sealer.open(place, name, db)).toString('utf8')] as const;
    });
    const names = new Map(await Promise.all(opening));
    return {
      organizationNumber: organization.number,
      organizationName: organization.name,
      nameOf: (userId) => names.get(userId) ?? '',
    };
  }
}
