import { Injectable } from '@nestjs/common';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { ApiKeysService } from '../api-keys.service.js';
import type {
  ApiKeyDto,
  ApiKeyListDto,
  ApiKeyQuery,
  CreateApiKeyDto,
  CreatedApiKeyDto,
  RotateApiKeyDto,
  UpdateApiKeyDto,
} from './api-key.dto.js';
import { keyInputOf, presentApiKey, presentCreatedApiKey } from './api-key.presenter.js';

/** The operations on API keys as every surface answers them; surfaces differ in envelopes and errors alone. */
@Injectable()
export class ApiKeyOperations {
  constructor(
    private readonly apiKeys: ApiKeysService,
    private readonly writes: Writes,
  ) {}

  async createApiKey(caller: Caller, body: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    const input = { ...keyInputOf(body), mode: body.mode };
    return this.writes.run(
      caller,
      async (tx) => presentCreatedApiKey(await this.apiKeys.createKey(caller, input, tx)),
      { withhold: 'key' },
    );
  }

  async listApiKeys(caller: Caller, query: ApiKeyQuery): Promise<ApiKeyListDto> {
    const listing = listingOf(query);
    const { status, plan, user_id: userId, name, mode } = query;
    const filter = { status, plan, userId, name, mode };
    return listEnvelope(await this.apiKeys.listKeys(caller, filter, listing), listing, presentApiKey);
  }

  async getApiKey(caller: Caller, id: string): Promise<ApiKeyDto> {
    return presentApiKey(await this.apiKeys.getKey(caller, id));
  }

  async updateApiKey(caller: Caller, id: string, body: UpdateApiKeyDto): Promise<ApiKeyDto> {
    const input = keyInputOf(body);
    return this.writes.run(caller, async (tx) =>
      presentApiKey(await this.apiKeys.updateKey(caller, id, input, tx)),
    );
  }

  rotateApiKey(caller: Caller, id: string, { overlap_seconds }: RotateApiKeyDto): Promise<CreatedApiKeyDto> {
    return this.writes.run(
      caller,
      async (tx) => presentCreatedApiKey(await this.apiKeys.rotateKey(caller, id, overlap_seconds, tx)),
      { withhold: 'key' },
    );
  }

  async revokeApiKey(caller: Caller, id: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.apiKeys.revokeKey(caller, id, tx);
      return undefined;
    });
  }
}
