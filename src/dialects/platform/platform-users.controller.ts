import { Body, Controller, Delete, Get, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { UserDtos, UserOperations } from '../../admin/index.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { platformList, platformSingle } from './platform-envelope.presenter.js';
import { inCoreWords } from './platform-list.query.js';
import { PlatformOperation } from './platform-operation.decorator.js';
import {
  PlatformCreatedUserDto,
  PlatformUserDto,
  PlatformUserListDto,
  PlatformUserQuery,
} from './platform-user.dto.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

const CHANGE = {
  access: 'admin:write',
  success: { status: 200, type: PlatformUserDto },
  errors: [400, 404, 409, 413, 415],
  audit: 'user.updated',
  idempotent: true,
} as const;

@Controller('_platform/users')
export class PlatformUsersController {
  constructor(private readonly operations: UserOperations) {}

  @Post()
  @PlatformOperation({
    id: 'platform.createUser',
    access: 'admin:write',
    success: { status: 201, type: PlatformCreatedUserDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'user.created',
    idempotent: true,
  })
  async createUser(
    @CurrentCaller() caller: Caller,
    @Body() body: UserDtos.CreateUserDto,
  ): Promise<PlatformCreatedUserDto> {
    return platformSingle(await this.operations.createUser(caller, body), caller.answerTime());
  }

  @Get()
  @PlatformOperation({
    id: 'platform.listUsers',
    access: 'user:read',
    success: { status: 200, type: PlatformUserListDto },
    errors: [400],
  })
  async listUsers(@Query() query: PlatformUserQuery): Promise<PlatformUserListDto> {
    return platformList(await this.operations.listUsers(inCoreWords(query)), query);
  }

  @Get(':id')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.getUser',
    access: 'user:read',
    success: { status: 200, type: PlatformUserDto },
    errors: [404],
  })
  async getUser(@CurrentCaller() caller: Caller, @IdParam('user') id: string): Promise<PlatformUserDto> {
    return platformSingle(await this.operations.getUser(id), caller.answerTime());
  }

  @Put(':id')
  @ApiParam(ID)
  @PlatformOperation({ id: 'platform.putUser', ...CHANGE })
  putUser(
    @CurrentCaller() caller: Caller,
    @IdParam('user') id: string,
    @Body() body: UserDtos.UpdateUserDto,
  ): Promise<PlatformUserDto> {
    return this.updateUser(caller, id, body);
  }

  @Patch(':id')
  @ApiParam(ID)
  @PlatformOperation({ id: 'platform.updateUser', ...CHANGE })
  async updateUser(
    @CurrentCaller() caller: Caller,
    @IdParam('user') id: string,
    @Body() body: UserDtos.UpdateUserDto,
  ): Promise<PlatformUserDto> {
    return platformSingle(await this.operations.updateUser(caller, id, body), caller.answerTime());
  }

  @Delete(':id')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.deleteUser',
    access: 'admin:write',
    success: { status: 204 },
    errors: [400, 404, 409],
    audit: 'user.deleted',
    idempotent: true,
  })
  deleteUser(
    @CurrentCaller() caller: Caller,
    @IdParam('user') id: string,
    @Query() { erase_organizations }: UserDtos.DeleteUserQuery,
  ): Promise<void> {
    return this.operations.deleteUser(caller, id, erase_organizations);
  }
}
