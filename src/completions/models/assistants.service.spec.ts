import type { DiscoveryService } from '@nestjs/core';
import { newId } from '../../platform/http/ids.js';
import type { Principal } from '../../platform/http/principal.js';
import { type Assistant, type AssistantCard, AssistantModels } from '../assistant-models.js';
import { Assistants } from './assistants.service.js';

const ID = newId('asst');
const KNOWN: Assistant = {
  ...{ id: ID, name: 'Desk', description: null, model: 'base', createdAt: new Date(0) },
  ...{ instructions: '', parameters: {}, knowledgeIds: [], toolIds: [] },
};

class Kept extends AssistantModels {
  asked: string[] = [];

  async find(_: Principal, id: string): Promise<Assistant | undefined> {
    this.asked.push(id);
    return id === ID ? KNOWN : undefined;
  }

  async list(): Promise<AssistantCard[]> {
    this.asked.push('all');
    return [KNOWN];
  }
}

const principal = (...scopes: Principal['scopes']): Principal => ({
  ...{ userId: 'user_a', organizationId: 'org_a', role: 'viewer', memberships: [], scopes },
  ...{ defaultProjectId: undefined, systemRole: 'user', mode: 'live', plan: 'unlimited' },
  credential: { kind: 'api_key', id: 'key_a' },
});

describe('assistants among models', () => {
  const kept = new Kept();
  const discovery = { getProviders: () => [{ instance: {} }, { instance: kept }] };
  const assistants = new Assistants(discovery as unknown as DiscoveryService);
  beforeEach(() => {
    kept.asked = [];
  });

  it.each([
    'gpt-4',
    'local-extractive',
    'asst_',
    'asst_parts_lookup_v2',
    `${ID}x`,
    `server/${ID}`,
    newId('chat'),
  ])('are none by the name %s, which asks nobody', async (name) => {
    expect(await assistants.named(principal('*'), name)).toBeUndefined();
    expect(kept.asked).toEqual([]);
  });

  it('are found by their ids, and those that are not there are models that are not there', async () => {
    expect(await assistants.named(principal('chat:write'), ID)).toBe(KNOWN);
    const missing = assistants.named(principal('*'), newId('asst'));
    await expect(missing).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', details: { field: 'model' } });
  });

  it('are not told to credentials that may read models and nothing of chats', async () => {
    expect(await assistants.list(principal('models:read'))).toEqual([]);
    const named = assistants.named(principal('models:read'), ID);
    await expect(named).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(kept.asked).toEqual([]);
    expect(await assistants.list(principal('models:read', 'chat:read'))).toEqual([KNOWN]);
  });
});
