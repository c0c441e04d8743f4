import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiParam } from '@nestjs/swagger';
import { ApiKeyDtos, ApiKeyOperations } from '../../auth/index.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import {
  PlatformApiKeyDto,
  PlatformApiKeyListDto,
  PlatformApiKeyQuery,
  PlatformCreatedApiKeyDto,
} from './platform-api-key.dto.js';
import { platformList, platformSingle } from './platform-envelope.presenter.js';
import { inCoreWords } from './platform-list.query.js';
import { PlatformOperation } from './platform-operation.decorator.js';

const ID = { name: 'id', schema: { type: 'string' as const } };

@Controller('_platform/api-keys')
export class PlatformApiKeysController {
  constructor(private readonly operations: ApiKeyOperations) {}

  @Post()
  @PlatformOperation({
    id: 'platform.createApiKey',
    access: 'api_keys:write',
    success: { status: 201, type: PlatformCreatedApiKeyDto },
    errors: [400, 404, 413, 415],
    audit: 'api_key.created',
    idempotent: true,
  })
  async createApiKey(
    @CurrentCaller() caller: Caller,
    @Body() body: ApiKeyDtos.CreateApiKeyDto,
  ): Promise<PlatformCreatedApiKeyDto> {
    return platformSingle(await this.operations.createApiKey(caller, body), caller.answerTime());
  }

  @Get()
  @PlatformOperation({
    id: 'platform.listApiKeys',
    access: 'api_keys:read',
    success: { status: 200, type: PlatformApiKeyListDto },
    errors: [400],
  })
  async listApiKeys(
    @CurrentCaller() caller: Caller,
    @Query() query: PlatformApiKeyQuery,
  ): Promise<PlatformApiKeyListDto> {
    return platformList(await this.operations.listApiKeys(caller, inCoreWords(query)), query);
  }

  @Get(':id')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.getApiKey',
    access: 'api_keys:read',
    success: { status: 200, type: PlatformApiKeyDto },
    errors: [404],
  })
  async getApiKey(@CurrentCaller() caller: Caller, @IdParam('key') id: string): Promise<PlatformApiKeyDto> {
    return platformSingle(await this.operations.getApiKey(caller, id), caller.answerTime());
  }

  @Patch(':id')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.updateApiKey',
    access: 'api_keys:write',
    success: { status: 200, type: PlatformApiKeyDto },
    errors: [400, 404, 413, 415],
    audit: 'api_key.updated',
    idempotent: true,
  })
  async updateApiKey(
    @CurrentCaller() caller: Caller,
    @IdParam('key') id: string,
    @Body() body: ApiKeyDtos.UpdateApiKeyDto,
  ): Promise<PlatformApiKeyDto> {
    return platformSingle(await this.operations.updateApiKey(caller, id, body), caller.answerTime());
  }

  @Post(':id/rotate')
  @ApiParam(ID)
  @ApiBody({ type: ApiKeyDtos.RotateApiKeyDto, required: false })
  @PlatformOperation({
    id: 'platform.rotateApiKey',
    access: 'api_keys:write',
    success: { status: 200, type: PlatformCreatedApiKeyDto },
    errors: [400, 404, 413, 415],
    audit: 'api_key.rotated',
    idempotent: true,
  })
  async rotateApiKey(
    @CurrentCaller() caller: Caller,
    @IdParam('key') id: string,
    @Body() body: ApiKeyDtos.RotateApiKeyDto,
  ): Promise<PlatformCreatedApiKeyDto> {
    return platformSingle(await this.operations.rotateApiKey(caller, id, body), caller.answerTime());
  }

  @Delete(':id')
  @ApiParam(ID)
  @PlatformOperation({
    id: 'platform.revokeApiKey',
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
