import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { engineName, publicName } from '../../engine/type-names.js';
import { TokenRequests } from '../token-requests.service.js';
import {
  DetokenizeRequestDto,
  DetokenizeResponseDto,
  TokenListDto,
  TokenListQuery,
  TokenQuery,
} from './token.dto.js';
import { presentDetokenized, presentToken } from './token.presenter.js';

/** Largest body, in bytes: as much as *process* answers. */
const BODY_LIMIT = 10 * 1024 * 1024;

@Controller('_core')
export class TokensController {
  constructor(
    private readonly requests: TokenRequests,
    private readonly writes: Writes,
  ) {}

  @Post('detokenize')
  @CoreOperation({
    id: 'redaction.detokenize',
    access: 'detokenize',
    success: { status: 200, type: DetokenizeResponseDto },
    errors: [400, 404, 413, 415, 422],
    audit: 'text.detokenized',
    bodyLimit: BODY_LIMIT,
  })
  async detokenize(
    @CurrentCaller() caller: Caller,
    @Body() body: DetokenizeRequestDto,
  ): Promise<DetokenizeResponseDto> {
    return presentDetokenized(caller.requestId, await this.requests.detokenize(caller, body));
  }

  @Get('tokens')
  @CoreOperation({
    id: 'redaction.listTokens',
    access: 'redaction:read',
    success: { status: 200, type: TokenListDto },
    errors: [400, 404],
  })
  async listTokens(@CurrentCaller() caller: Caller, @Query() query: TokenListQuery): Promise<TokenListDto> {
    const listing = listingOf(query);
    const type = query.type === undefined ? undefined : publicName(engineName(query.type));
    const listed = await this.requests.list(caller, { type, project_id: query.project_id }, listing);
    return listEnvelope(listed, listing, presentToken);
  }

  @Delete('tokens/:token')
  @ApiParam({ name: 'token', schema: { type: 'string' } })
  @CoreOperation({
    id: 'redaction.eraseToken',
    access: 'redaction:write',
    success: { status: 204 },
    errors: [400, 404],
    audit: 'token.erased',
    idempotent: true,
  })
  async eraseToken(
    @CurrentCaller() caller: Caller,
    @Param('token') token: string,
    @Query() query: TokenQuery,
  ): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.requests.erase(caller, token, query.project_id, tx);
      return undefined;
    });
  }
}
