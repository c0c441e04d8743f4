import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import { holds } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Tool } from './tool.js';
import { ToolSealer } from './tool-sealer.service.js';
import { toolMissing, toolsDenied } from './tools.errors.js';
import { ToolsRepository } from './tools.repository.js';

/** Reading an organization's tools. */
@Injectable()
export class ToolsService {
  constructor(
    private readonly repository: ToolsRepository,
    private readonly sealer: ToolSealer,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getTool(caller: Caller, id: string): Promise<Tool> {
    const [tool] = await this.findTools(caller, [id]);
    if (!tool) throw platformError('NOT_FOUND');
    return tool;
  }

  /** Those of some ids that are there. */
  async findTools({ principal }: Caller, ids: readonly string[]): Promise<Tool[]> {
    const db = this.dataSource.manager;
    const rows = await this.repository.findMany(principal.organizationId, ids, db);
    return Promise.all(rows.map((row) => this.sealer.open(row, db)));
  }

  /** @throws AppError PERMISSION_DENIED; NOT_FOUND naming the place in `tool_ids` of one that is missing or foreign */
  async assertThere({ principal }: Caller, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    if (!holds(principal, 'tools:read')) throw toolsDenied();
    const rows = await this.repository.findMany(principal.organizationId, ids, this.dataSource.manager);
    const there = new Set(rows.map(({ id }) => id));
    const missing = ids.findIndex((id) => !there.has(id));
    if (missing >= 0) throw toolMissing(missing);
  }

  async listTools({ principal }: Caller, listing: Listing): Promise<Listed<Tool>> {
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.repository.list(principal.organizationId, listing, db);
    return { ...rest, rows: await Promise.all(rows.map((row) => this.sealer.open(row, db))) };
  }
}
