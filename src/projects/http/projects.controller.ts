import { Body, Controller, Delete, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { answerVersioned, ConditionalWrite, type IfMatch, IfMatchHeader } from '../../platform/http/etag.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { IdInPath, operationsOf } from '../../platform/http/versioned-resource.js';
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

const CHANGED = { status: 200, type: ProjectDto, etag: true } as const;
const WRITE = { access: 'projects:write', idempotent: true } as const;

const { Create, List, Read, Update, Remove } = operationsOf({
  ...{ module: 'projects', noun: 'Project', plural: 'Projects', event: 'project' },
  ...{ read: 'projects:read', write: 'projects:write', remove: 'projects:delete' },
  ...{ type: ProjectDto, made: AdvisedProjectDto, list: ProjectListDto },
});

@Controller('_core/projects')
export class ProjectsController {
  constructor(
    private readonly operations: ProjectOperations,
    private readonly passwords: ProjectPasswordOperations,
  ) {}

  @Create({ errors: [404] })
  async createProject(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateProjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdvisedProjectDto | undefined> {
    return answerVersioned(reply, await this.passwords.createProject(caller, body));
  }

  @List()
  async listProjects(@CurrentCaller() caller: Caller, @Query() query: ProjectQuery): Promise<ProjectListDto> {
    const listing = listingOf(query);
    const listed = await this.operations.listProjects(caller, query, listing);
    return listEnvelope(listed, listing, (project) => project);
  }

  @Read()
  async getProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto | undefined> {
    return answerVersioned(reply, await this.operations.getProject(caller, id));
  }

  @Update()
  async updateProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
    @Body() body: UpdateProjectDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto | undefined> {
    return answerVersioned(reply, await this.operations.updateProject(caller, id, body, ifMatch));
  }

  @Remove({ errors: [409] })
  async deleteProject(
    @CurrentCaller() caller: Caller,
    @IdParam('proj') id: string,
    @IfMatchHeader() ifMatch: IfMatch,
  ): Promise<void> {
    await this.operations.deleteProject(caller, id, ifMatch);
  }

  @Post(':id/archive')
  @IdInPath()
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
  @IdInPath()
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
  @IdInPath()
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
