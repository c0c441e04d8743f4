import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/http/principal.js';
import type { ShieldPolicies } from '../policies/shield-policies.service.js';
import type { Shield } from '../shield/shield.service.js';
import { CompletionLookUps } from './completion-look-ups.service.js';

const AT_HOME = { organizationId: 'org_1', defaultProjectId: 'proj_1' } as Principal;

describe('what is looked up while a body is on its way', () => {
  const asked: string[] = [];
  let isAway = false;
  const policies = {
    effectiveOf: async (organizationId: string, projectId?: string) => {
      asked.push(`policy of ${organizationId} ${projectId}`);
      if (isAway) throw new Error('away');
      return {};
    },
  } as unknown as ShieldPolicies;
  const shield = {
    lookAhead: async (organizationId: string) => void asked.push(`secrets of ${organizationId}`),
  } as unknown as Shield;
  const lookUps = new CompletionLookUps(shield, policies);

  beforeEach(() => {
    asked.length = 0;
    isAway = false;
  });
  afterEach(() => jest.restoreAllMocks());

  const begun = (headers = {}, counts: string | undefined = 'completions'): FastifyRequest => {
    const request = { headers, is404: false, routeOptions: { config: { counts } } };
    lookUps.begin(request as unknown as FastifyRequest, AT_HOME);
    return request as unknown as FastifyRequest;
  };

  it('is that of the project which the request names, else of its sender’s', () => {
    expect(lookUps.take(begun(), AT_HOME, 'proj_1')).toBeDefined();
    expect(lookUps.take(begun({ 'openai-project': 'proj_2' }), AT_HOME, 'proj_2')).toBeDefined();
    expect(asked).toEqual([
      'policy of org_1 proj_1',
      'secrets of org_1',
      'policy of org_1 proj_2',
      'secrets of org_1',
    ]);
  });

  it('is not used elsewhere, or when it is old', () => {
    expect(lookUps.take(begun(), AT_HOME, 'proj_2')).toBeUndefined();
    expect(lookUps.take(begun(), { ...AT_HOME, organizationId: 'org_2' }, 'proj_1')).toBeUndefined();
    expect(lookUps.take({} as FastifyRequest, AT_HOME, 'proj_1')).toBeUndefined();
    const request = begun();
    const now = performance.now();
    jest.spyOn(performance, 'now').mockReturnValue(now + 1_000);
    expect(lookUps.take(request, AT_HOME, 'proj_1')).toBeUndefined();
  });

  it('fails whoever uses it, and nobody else', async () => {
    isAway = true;
    begun();
    const lookedUp = lookUps.take(begun(), AT_HOME, 'proj_1');
    await new Promise(setImmediate);
    await expect(lookedUp?.policy).rejects.toThrow('away');
  });

  it('is nothing for other requests', () => {
    begun({}, 'uploads');
    expect(asked).toEqual([]);
  });
});
