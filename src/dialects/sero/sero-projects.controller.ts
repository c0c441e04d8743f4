import { Body, Controller, Get, Header, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { ProjectOperations, ProjectPasswordOperations } from '../../projects/index.js';
import { seroList } from './sero-list.js';
import { SeroOperation } from './sero-operation.decorator.js';
import { CreateSeroProjectDto, SeroCreatedProjectDto, SeroProjectListDto } from './sero-project.dto.js';
import { presentCreatedSeroProject, presentSeroProject } from './sero-project.presenter.js';

@Controller('_sero/projects')
export class SeroProjectsController {
  constructor(
    private readonly operations: ProjectOperations,
    private readonly passwords: ProjectPasswordOperations,
  ) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @SeroOperation({
    id: 'sero.listProjects',
    access: 'projects:read',
    success: { status: 200, type: SeroProjectListDto },
  })
  listProjects(@CurrentCaller() caller: Caller): Promise<AsyncGenerator<string>> {
    return seroList('projects', this.operations.walkProjects(caller), presentSeroProject);
  }

  @Post()
  @SeroOperation({
    id: 'sero.createProject',
    access: 'projects:write',
    success: { status: 201, type: SeroCreatedProjectDto },
    errors: [400, 413, 415],
    audit: 'project.created',
    idempotent: true,
  })
  async createProject(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateSeroProjectDto,
  ): Promise<SeroCreatedProjectDto> {
    return presentCreatedSeroProject(await this.passwords.createProject(caller, body));
  }
}
