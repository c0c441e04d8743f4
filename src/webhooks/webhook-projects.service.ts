import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { TenantDirectory } from '../platform/http/tenant-directory.js';
import { findProviders } from '../platform/providers/find-providers.js';

/** The projects that webhooks can be limited to. */
@Injectable()
export class WebhookProjects {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND for one that is missing or foreign */
  async assertOwn({ principal }: Caller, projectId: string): Promise<void> {
    const directories = findProviders(this.discovery, TenantDirectory);
    const projects = directories.find(({ prefix }) => prefix === 'proj');
    const found = await projects?.find(projectId, this.dataSource.manager);
    if (found?.organizationId === principal.organizationId) return;
    throw platformError('NOT_FOUND', { details: { field: 'project_id', constraint: 'exists' } });
  }
}
