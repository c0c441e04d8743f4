import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsRepository } from '../../projects/index.js';
import type { Glass, GlassFilter, GlassRequest } from './break-glass.js';
import { BreakGlassRepository, type GlassRow } from './break-glass.repository.js';
import { BreakGlassNewsWriter } from './break-glass-news.service.js';

const placeOf = ({ organizationId, id }: Pick<Glass, 'organizationId' | 'id'>) => ({
  organizationId,
  table: 'break_glass',
  id,
  version: 1,
});

/**
 * Administrators of the instance see no content. In an emergency they break the glass of a project or an organization: for
 * a time they may read it, and whoever answers for it reads who did that, and why.
 */
@Injectable()
export class BreakGlassService {
  constructor(
    private readonly repository: BreakGlassRepository,
    private readonly projects: ProjectsRepository,
    private readonly sealer: Sealer,
    private readonly news: BreakGlassNewsWriter,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND for an organization that is not there, or has no such project */
  async open(caller: Caller, request: GlassRequest, tx: Tx): Promise<Glass> {
    const owners = await this.ownersOf(request, tx);
    const { organizationId, projectId, reason, minutes } = request;
    const id = newId('glass');
    const reasonSealed = await this.sealer.seal(placeOf({ organizationId, id }), Buffer.from(reason), tx);
    const { userId } = caller.principal;
    const row = await this.repository.insert(
      { id, userId, organizationId, projectId, reasonSealed },
      minutes,
      tx,
    );
    const glass = await this.opened(row, tx);
    await this.news.tell(caller, glass, 'opened', owners, tx);
    return glass;
  }

  /** What the caller has opened, and what others have opened in organizations that the caller administers. */
  async list({ principal }: Caller, filter: GlassFilter, listing: Listing): Promise<Listed<Glass>> {
    const db = this.dataSource.manager;
    const administered = principal.memberships.filter(({ role }) => role === 'admin');
    const viewer = {
      userId: principal.userId,
      administered: administered.map(({ organizationId }) => organizationId),
    };
    const { rows, ...rest } = await this.repository.list(viewer, filter, listing, db);
    return { ...rest, rows: await Promise.all(rows.map((row) => this.opened(row, db))) };
  }

  /** What a user has open in an organization, the widest first. */
  async listOpen(of: { readonly userId: string; readonly organizationId: string }, db: Tx): Promise<Glass[]> {
    const rows = await this.repository.listOpen(of, db);
    return Promise.all(rows.map((row) => this.opened(row, db)));
  }

  /** From the very next request on; what is over stays so. @throws AppError NOT_FOUND */
  async end(caller: Caller, id: string, tx: Tx): Promise<void> {
    const row = await this.repository.find(id, tx);
    if (!row) throw platformError('NOT_FOUND');
    if (!(await this.repository.end(id, tx))) return;
    await this.news.tell(caller, await this.opened(row, tx), 'ended', await this.ownersOf(row, tx), tx);
  }

  /** Who made the project, or else administers the organization. */
  private async ownersOf(
    { organizationId, projectId }: Pick<Glass, 'organizationId' | 'projectId'>,
    tx: Tx,
  ): Promise<string[]> {
    if (!(await this.repository.isOrganization(organizationId, tx))) throw platformError('NOT_FOUND');
    if (projectId === null) return this.repository.listAdmins(organizationId, tx);
    const project = await this.projects.find(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    return [project.createdBy];
  }

  private async opened({ reasonSealed, ...row }: GlassRow, db: Tx): Promise<Glass> {
    const reason = await this.sealer.open(placeOf(row), reasonSealed, db);
    return { ...row, reason: reason.toString('utf8') };
  }
}
