import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import {
  CreateProjectShareDto,
  ProjectShareDto,
  ProjectShareListDto,
  ProjectShareQuery,
  UpdateProjectShareDto,
} from './project-share.dto.js';
import { ProjectShareOperations } from './project-share-operations.js';

const ShareId = (): MethodDecorator => ApiParam({ name: 'share_id', schema: { type: 'string' } });

@Controller('_core/projects/:id/shares')
@ApiParam({ name: 'id', schema: { type: 'string' } })
export class ProjectSharesController {
  constructor(private readonly operations: ProjectShareOperations) {}

  @Post()
  @CoreOperation({
    id: 'projects.shareProject',
    access: 'projects:share',
    success: { status: 201, type: ProjectShareDto },
    errors: [400, 404, 409, 413, 415, 422],
    audit: 'project.shared',
    idempotent: true,
  })
  shareProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Body() body: CreateProjectShareDto,
  ): Promise<ProjectShareDto> {
    return this.operations.shareProject(caller, id, body);
  }

  @Get()
  @CoreOperation({
    id: 'projects.listProjectShares',
    access: 'projects:share',
    success: { status: 200, type: ProjectShareListDto },
    errors: [400, 404],
  })
  async listShares(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Query() query: ProjectShareQuery,
  ): Promise<ProjectShareListDto> {
    const listing = listingOf(query);
    return listEnvelope(await this.operations.listShares(caller, id, listing), listing, (share) => share);
  }

  @Get(':share_id')
  @ShareId()
  @CoreOperation({
    id: 'projects.getProjectShare',
    access: 'projects:share',
    success: { status: 200, type: ProjectShareDto },
    errors: [404],
  })
  getShare(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IdParam('share', 'share_id') shareId: string,
  ): Promise<ProjectShareDto> {
    return this.operations.getShare(caller, id, shareId);
  }

  @Patch(':share_id')
  @ShareId()
  @CoreOperation({
    id: 'projects.updateProjectShare',
    access: 'projects:share',
    success: { status: 200, type: ProjectShareDto },
    errors: [400, 404, 413, 415],
    audit: 'project.share_changed',
    idempotent: true,
  })
  updateShare(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IdParam('share', 'share_id') shareId: string,
    @Body() { role }: UpdateProjectShareDto,
  ): Promise<ProjectShareDto> {
    return this.operations.updateShare(caller, id, shareId, role);
  }

  @Delete(':share_id')
  @ShareId()
  @CoreOperation({
    id: 'projects.removeProjectShare',
    access: 'projects:share',
    success: { status: 204 },
    errors: [404],
    audit: 'project.unshared',
    idempotent: true,
  })
  removeShare(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IdParam('share', 'share_id') shareId: string,
  ): Promise<void> {
    return this.operations.removeShare(caller, id, shareId);
  }
}
