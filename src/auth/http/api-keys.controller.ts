import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { parseInstant } from '../../platform/http/date-range.js';
import { IdParam } from '../../platform/http/id-param.decorator.js';
import { PageQuery, pageEnvelope, pageOf } from '../../platform/http/paging.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { ApiKeysService } from '../api-keys.service.js';
import { ApiKeyDto, ApiKeyListDto, CreateApiKeyDto, CreatedApiKeyDto } from './api-key.dto.js';
import { presentApiKey } from './api-key.presenter.js';

@Controller('_core/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Post()
  @CoreOperation({
    id: 'auth.createApiKey',
    access: 'auth:write',
    success: { status: 201, type: CreatedApiKeyDto },
    errors: [400, 413, 415],
    audit: 'api_key.created',
  })
  async createApiKey(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    const expiresAt = body.expires_at === undefined ? undefined : parseInstant('expires_at', body.expires_at);
    const { key, ...created } = await this.apiKeys.createKey(caller, { ...body, expiresAt });
    return { ...presentApiKey(created), key };
  }

  @Get()
  @CoreOperation({
    id: 'auth.listApiKeys',
    access: 'auth:read',
    success: { status: 200, type: ApiKeyListDto },
    errors: [400],
  })
  async listApiKeys(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<ApiKeyListDto> {
    const page = pageOf(query);
    const [keys, total] = await this.apiKeys.listKeys(caller, page);
    return pageEnvelope(keys.map(presentApiKey), total, page);
  }

  @Get(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'auth.getApiKey',
    access: 'auth:read',
    success: { status: 200, type: ApiKeyDto },
    errors: [404],
  })
  async getApiKey(@CurrentCaller() caller: Caller, @IdParam('key') id: string): Promise<ApiKeyDto> {
    return presentApiKey(await this.apiKeys.getKey(caller, id));
  }

  @Delete(':id')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'auth.revokeApiKey',
    access: 'auth:write',
    success: { status: 204 },
    errors: [404],
    audit: 'api_key.revoked',
  })
  async revokeApiKey(@CurrentCaller() caller: Caller, @IdParam('key') id: string): Promise<void> {
    await this.apiKeys.revokeKey(caller, id);
  }
}
