import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentTexts } from '../environments/environment-texts.service.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import {
  VariableVersionsRepository,
  type VersionFilter,
  type VersionHead,
} from '../variables/variable-versions.repository.js';
import { type AnyVariable, VariablesRepository } from '../variables/variables.repository.js';

/** What a version was, and why it was made. */
export interface VariableVersion extends Omit<VersionHead, 'reasonSealed'> {
  readonly reason: string | null;
}

/** Everything that was ever done to variables: who, when, by which request, and why. No values. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly versions: VariableVersionsRepository,
    private readonly variables: VariablesRepository,
    private readonly environments: EnvironmentsService,
    private readonly texts: EnvironmentTexts,
    private readonly dataSource: DataSource,
  ) {}

  /** Of one variable, deleted ones too. @throws AppError NOT_FOUND */
  async listVersions(caller: Caller, variableId: string, listing: Listing): Promise<Listed<VariableVersion>> {
    const { environmentId } = await this.variable(caller, variableId);
    return this.list(caller, { environmentId, variableId }, listing);
  }

  /** Of all of an environment's variables. @throws AppError NOT_FOUND */
  async listHistory(
    caller: Caller,
    filter: VersionFilter,
    listing: Listing,
  ): Promise<Listed<VariableVersion>> {
    await this.environments.getRow(caller, filter.environmentId);
    return this.list(caller, filter, listing);
  }

  /** Where a variable is or was. @throws AppError NOT_FOUND */
  async variable({ principal }: Caller, id: string, db: Tx = this.dataSource.manager): Promise<AnyVariable> {
    const found = await this.variables.findAny(principal.organizationId, id, db);
    if (!found) throw platformError('NOT_FOUND');
    return found;
  }

  /** @throws OpenError when the reason was changed or moved */
  async described(organizationId: string, { reasonSealed, ...head }: VersionHead): Promise<VariableVersion> {
    const place = { organizationId, id: head.environmentId };
    const db = this.dataSource.manager;
    return { ...head, reason: await this.texts.openReason(place, head.revision, reasonSealed, db) };
  }

  private async list(
    { principal: { organizationId } }: Caller,
    filter: VersionFilter,
    listing: Listing,
  ): Promise<Listed<VariableVersion>> {
    const { rows, ...rest } = await this.versions.list(
      organizationId,
      filter,
      listing,
      this.dataSource.manager,
    );
    return { ...rest, rows: await Promise.all(rows.map((row) => this.described(organizationId, row))) };
  }
}
