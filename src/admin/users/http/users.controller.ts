import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import {
  CreatedUserDto,
  CreateUserDto,
  DeleteUserQuery,
  UpdateUserDto,
  UserDto,
  UserListDto,
  UserQuery,
} from './user.dto.js';
import { UserOperations } from './user-operations.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

@Controller('_core/users')
export class UsersController {
  constructor(private readonly operations: UserOperations) {}

  @Post()
  @CoreOperation({
    id: 'admin.createUser',
    access: 'admin:write',
    success: { status: 201, type: CreatedUserDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'user.created',
    idempotent: true,
  })
  createUser(@CurrentCaller() caller: Caller, @Body() body: CreateUserDto): Promise<CreatedUserDto> {
    return this.operations.createUser(caller, body);
  }

  @Get()
  @CoreOperation({
    id: 'admin.listUsers',
    access: 'user:read',
    success: { status: 200, type: UserListDto },
    errors: [400],
  })
  listUsers(@Query() query: UserQuery): Promise<UserListDto> {
    return this.operations.listUsers(query);
  }

  @Get(':id')
  @ApiParam(ID)
  @CoreOperation({
    id: 'admin.getUser',
    access: 'user:read',
    success: { status: 200, type: UserDto },
    errors: [404],
  })
  getUser(@IdParam('user') id: string): Promise<UserDto> {
    return this.operations.getUser(id);
  }

  @Patch(':id')
  @ApiParam(ID)
  @CoreOperation({
    id: 'admin.updateUser',
    access: 'admin:write',
    success: { status: 200, type: UserDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'user.updated',
    idempotent: true,
  })
  updateUser(
    @CurrentCaller() caller: Caller,
    @IdParam('user') id: string,
    @Body() body: UpdateUserDto,
  ): Promise<UserDto> {
    return this.operations.updateUser(caller, id, body);
  }

  @Delete(':id')
  @ApiParam(ID)
  @CoreOperation({
    id: 'admin.deleteUser',
    access: 'admin:write',
    success: { status: 204 },
    errors: [400, 404, 409],
    audit: 'user.deleted',
    idempotent: true,
  })
  deleteUser(
    @CurrentCaller() caller: Caller,
    @IdParam('user') id: string,
    @Query() { erase_organizations }: DeleteUserQuery,
  ): Promise<void> {
    return this.operations.deleteUser(caller, id, erase_organizations);
  }
}
