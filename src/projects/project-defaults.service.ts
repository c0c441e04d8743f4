import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OrganizationSettingsRepository } from '../platform/configs/organization-settings.repository.js';
import type { Caller } from '../platform/http/request-context.js';

/** What an organization has settled for projects that say nothing of it. */
@Injectable()
export class ProjectDefaults {
  constructor(
    private readonly settings: OrganizationSettingsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** In days; null for as long as nobody deletes the documents. */
  async retentionDays({ principal }: Caller): Promise<number | null> {
    const settings = await this.settings.read(principal.organizationId, this.dataSource.manager);
    return settings.default_retention_days;
  }
}
