import { Controller, Delete, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { VersionParam } from '../../../platform/http/version-param.decorator.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { OpenedVersions } from '../opened-versions.service.js';
import { VersionDestruction } from '../version-destruction.service.js';
import { VersionsService } from '../versions.service.js';
import { OpenedVariableVersionDto, VariableVersionListDto, VariableVersionQuery } from './history.dto.js';
import { presentOpened, presentVersion } from './history.presenter.js';

const VariableId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });
const VersionNumber = (): MethodDecorator => ApiParam({ name: 'version', schema: { type: 'integer' } });

@Controller('_core/variables/:id/versions')
export class VariableVersionsController {
  constructor(
    private readonly versions: VersionsService,
    private readonly opened: OpenedVersions,
    private readonly destruction: VersionDestruction,
    private readonly writes: Writes,
  ) {}

  @Get()
  @VariableId()
  @CoreOperation({
    id: 'secrets.listVariableVersions',
    access: 'secrets:read',
    success: { status: 200, type: VariableVersionListDto },
    errors: [400, 404],
  })
  async listVariableVersions(
    @CurrentCaller() caller: Caller,
    @IdParam('var') id: string,
    @Query() query: VariableVersionQuery,
  ): Promise<VariableVersionListDto> {
    const listing = listingOf(query);
    return listEnvelope(await this.versions.listVersions(caller, id, listing), listing, presentVersion);
  }

  @Get(':version')
  @VariableId()
  @VersionNumber()
  @CoreOperation({
    id: 'secrets.getVariableVersion',
    access: 'secrets:read',
    success: { status: 200, type: OpenedVariableVersionDto },
    errors: [404],
    audit: 'variable.read',
  })
  async getVariableVersion(
    @CurrentCaller() caller: Caller,
    @IdParam('var') id: string,
    @VersionParam() version: number,
  ): Promise<OpenedVariableVersionDto> {
    return presentOpened(await this.opened.getVersion(caller, id, version));
  }

  @Delete(':version')
  @VariableId()
  @VersionNumber()
  @CoreOperation({
    id: 'secrets.destroyVariableVersion',
    access: 'secrets:delete',
    idempotent: true,
    success: { status: 204 },
    errors: [404],
    audit: 'variable.destroyed',
  })
  async destroyVariableVersion(
    @CurrentCaller() caller: Caller,
    @IdParam('var') id: string,
    @VersionParam() version: number,
  ): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.destruction.destroyVersion(caller, id, version, tx);
      return undefined;
    });
  }
}
