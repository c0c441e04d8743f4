import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import {
  ApiKeyDto,
  ApiKeyListDto,
  ApiKeyQuery,
  CreateApiKeyDto,
  CreatedApiKeyDto,
  RotateApiKeyDto,
  UpdateApiKeyDto,
} from './api-key.dto.js';
import { ApiKeyOperations } from './api-key-operations.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

@Controller('_core/api-keys')
export class ApiKeysController {
  constructor(private readonly operations: ApiKeyOperations) {}

  @Post()
  @CoreOperation({
    id: 'auth.createApiKey',
    access: 'api_keys:write',
    success: { status: 201, type: CreatedApiKeyDto },
    errors: [400, 404, 413, 415],
    audit: 'api_key.created',
    idempotent: true,
  })
  createApiKey(@CurrentCaller() caller: Caller, @Body() body: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    return this.operations.createApiKey(caller, body);
  }

  @Get()
  @CoreOperation({
    id: 'auth.listApiKeys',
    access: 'api_keys:read',
    success: { status: 200, type: ApiKeyListDto },
    errors: [400],
  })
  listApiKeys(@CurrentCaller() caller: Caller, @Query() query: ApiKeyQuery): Promise<ApiKeyListDto> {
    return this.operations.listApiKeys(caller, query);
  }

  @Get(':id')
  @ApiParam(ID)
  @CoreOperation({
    id: 'auth.getApiKey',
    access: 'api_keys:read',
    success: { status: 200, type: ApiKeyDto },
    errors: [404],
  })
  getApiKey(@CurrentCaller() caller: Caller, @IdParam('key') id: string): Promise<ApiKeyDto> {
    return this.operations.getApiKey(caller, id);
  }

  @Patch(':id')
  @ApiParam(ID)
  @CoreOperation({
    id: 'auth.updateApiKey',
    access: 'api_keys:write',
    success: { status: 200, type: ApiKeyDto },
    errors: [400, 404, 413, 415],
    audit: 'api_key.updated',
    idempotent: true,
  })
  updateApiKey(
    @CurrentCaller() caller: Caller,
    @IdParam('key') id: string,
    @Body() body: UpdateApiKeyDto,
  ): Promise<ApiKeyDto> {
    return this.operations.updateApiKey(caller, id, body);
  }

  @Post(':id/rotate')
  @ApiParam(ID)
  @ApiBody({ type: RotateApiKeyDto, required: false })
  @CoreOperation({
    id: 'auth.rotateApiKey',
    access: 'api_keys:write',
    success: { status: 200, type: CreatedApiKeyDto },
    errors: [400, 404, 413, 415],
    audit: 'api_key.rotated',
    idempotent: true,
  })
  rotateApiKey(
    @CurrentCaller() caller: Caller,
    @IdParam('key') id: string,
    @Body() body: RotateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    return this.operations.rotateApiKey(caller, id, body);
  }

  @Delete(':id')
  @ApiParam(ID)
  @CoreOperation({
    id: 'auth.revokeApiKey',
    access: 'api_keys:write',
    success: { status: 204 },
    errors: [404],
    audit: 'api_key.revoked',
    idempotent: true,
  })
  revokeApiKey(@CurrentCaller() caller: Caller, @IdParam('key') id: string): Promise<void> {
    return this.operations.revokeApiKey(caller, id);
  }
}
