import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { ListQuery, listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { VersionParam } from '../../../platform/http/version-param.decorator.js';
import { ResourceVersionsService } from '../resource-versions.service.js';
import { presentResourceVersion } from './resource.presenter.js';
import { ResourceVersionDto, ResourceVersionListDto } from './resource-version.dto.js';

@Controller('_core/resources/:id/versions')
export class ResourceVersionsController {
  constructor(private readonly versions: ResourceVersionsService) {}

  @Get()
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'redaction.listResourceVersions',
    access: 'redaction:read',
    success: { status: 200, type: ResourceVersionListDto },
    errors: [400, 404],
  })
  async listVersions(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @Query() query: ListQuery,
  ): Promise<ResourceVersionListDto> {
    const listing = listingOf(query);
    const listed = await this.versions.listVersions(caller, id, listing);
    return listEnvelope(listed, listing, presentResourceVersion);
  }

  @Get(':version')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiParam({ name: 'version', schema: { type: 'integer' } })
  @CoreOperation({
    id: 'redaction.getResourceVersion',
    access: 'redaction:read',
    success: { status: 200, type: ResourceVersionDto },
    errors: [404],
  })
  async getVersion(
    @CurrentCaller() caller: Caller,
    @IdParam('res') id: string,
    @VersionParam() version: number,
  ): Promise<ResourceVersionDto> {
    return presentResourceVersion(await this.versions.getVersion(caller, id, version));
  }
}
