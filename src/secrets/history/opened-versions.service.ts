import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentsService, mayReveal } from '../environments/environments.service.js';
import { HIDDEN } from '../variables/variable.js';
import { VariableNews } from '../variables/variable-news.service.js';
import { VariableSealer, type VersionContent } from '../variables/variable-sealer.service.js';
import { VariableVersionsRepository } from '../variables/variable-versions.repository.js';
import { type VariableVersion, VersionsService } from './versions.service.js';

/** A version with what it kept secret. */
export interface OpenedVersion extends VariableVersion {
  /** `[HIDDEN]` for whoever may not read it; null once it was destroyed, and where it tells of a deletion. */
  readonly value: string | null;
  readonly note: string | null;
  readonly isHidden: boolean;
}

/** Reading what a variable was. Whoever is shown its value is on record for it before they are. */
@Injectable()
export class OpenedVersions {
  constructor(
    private readonly versions: VersionsService,
    private readonly repository: VariableVersionsRepository,
    private readonly environments: EnvironmentsService,
    private readonly sealer: VariableSealer,
    private readonly news: VariableNews,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getVersion(caller: Caller, variableId: string, version: number): Promise<OpenedVersion> {
    const { organizationId } = caller.principal;
    const db = this.dataSource.manager;
    const row = await this.repository.find(organizationId, variableId, version, db);
    if (!row) throw platformError('NOT_FOUND');
    const environment = await this.environments.getRow(caller, row.environmentId);
    const { projectId, id: environmentId } = environment;
    const place = { organizationId, projectId, environmentId, variableId, key: row.key, version };
    const content = await this.sealer.open(place, row, db);
    const { valueSealed: _, keySealed: __, noteSealed: ___, ...head } = row;
    const described = await this.versions.described(organizationId, head);
    if (!content) return { ...described, value: null, note: null, isHidden: false };
    if (!mayReveal(caller.principal)) return { ...described, ...hidden(content) };
    await this.news.read(caller, environment, { id: variableId, key: row.key, version });
    return { ...described, ...content, isHidden: false };
  }
}

const hidden = ({ note }: VersionContent) => ({ value: HIDDEN, note, isHidden: true });
