import { Body, Controller, Delete, Get, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import {
  answerVersioned,
  ConditionalRead,
  ConditionalWrite,
  type IfMatch,
  IfMatchHeader,
} from '../../platform/http/etag.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import {
  AdvisedProjectDto,
  CreateProjectDto,
  ProjectDto,
  ProjectListDto,
  ProjectPasswordDto,
  ProjectQuery,
  UpdateProjectDto,
} from './project.dto.js';
import { ProjectOperations } from './project-operations.js';
import { ProjectPasswordOperations } from './project-password-operations.js';

const ProjectId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

const CHANGED = { status: 200, type: ProjectDto, etag: true } as const;
const WRITE = { access: 'projects:write', idempotent: true } as const;

@Controller('_core/projects')
export class ProjectsController {
  constructor(
    private readonly operations: ProjectOperations,
    private readonly passwords: ProjectPasswordOperations,
  ) {}

  @Post()
  @CoreOperation({
    id: 'projects.createProject',
    ...WRITE,
    success: { status: 201, type: AdvisedProjectDto, etag: true },
    errors: [400, 404, 413, 415],
    audit: 'project.created',
  })
  async createProject(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateProjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdvisedProjectDto | undefined> {
    return answerVersioned(reply, await this.passwords.createProject(caller, body));
  }

  @Get()
  @CoreOperation({
    id: 'projects.listProjects',
    access: 'projects:read',
    success: { status: 200, type: ProjectListDto },
    errors: [400],
  })
  async listProjects(@CurrentCaller() caller: Caller, @Query() query: ProjectQuery): Promise<ProjectListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listProjects(caller, query, listing);
    return listEnvelope(listed, listing, (project) => project);
  }

  @Get(':id')
  @ProjectId()
  @ConditionalRead()
  @CoreOperation({
    id: 'projects.getProject',
    access: 'projects:read',
    success: CHANGED,
    errors: [400, 404],
  })
  async getProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto | undefined> {
    return answerVersioned(reply, await this.operations.getProject(caller, id));
  }

  @Patch(':id')
  @ProjectId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'projects.updateProject',
    ...WRITE,
    success: CHANGED,
    errors: [400, 404, 412, 413, 415],
    audit: 'project.updated',
  })
  async updateProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateProjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto | undefined> {
    return answerVersioned(reply, await this.operations.updateProject(caller, id, body, ifMatch));
  }

  @Delete(':id')
  @ProjectId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'projects.deleteProject',
    access: 'projects:delete',
    idempotent: true,
    success: { status: 204 },
    errors: [400, 404, 409, 412],
    audit: 'project.deleted',
  })
  async deleteProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteProject(caller, id, ifMatch);
  }

  @Post(':id/archive')
  @ProjectId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'projects.archiveProject',
    ...WRITE,
    success: CHANGED,
    errors: [400, 404, 412],
    audit: 'project.archived',
  })
  async archiveProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto | undefined> {
    return answerVersioned(reply, await this.operations.moveProject(caller, id, 'archived', ifMatch));
  }

  @Delete(':id/archive')
  @ProjectId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'projects.restoreProject',
    ...WRITE,
    success: CHANGED,
    errors: [400, 404, 412],
    audit: 'project.restored',
  })
  async restoreProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto | undefined> {
    return answerVersioned(reply, await this.operations.moveProject(caller, id, 'active', ifMatch));
  }

  @Put(':id/password')
  @ProjectId()
  @ConditionalWrite()
  @CoreOperation({
    id: 'projects.setProjectPassword',
    ...WRITE,
    success: { ...CHANGED, type: AdvisedProjectDto },
    errors: [400, 404, 412, 413, 415],
    audit: 'project.password_changed',
  })
  async setProjectPassword(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: ProjectPasswordDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdvisedProjectDto | undefined> {
    return answerVersioned(reply, await this.passwords.setPassword(caller, id, body, ifMatch));
  }
}
