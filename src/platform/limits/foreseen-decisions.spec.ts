import type { FastifyRequest } from 'fastify';
import type { Principal } from '../http/principal.js';
import { allowanceOf } from './allowance.js';
import { ForeseenDecisions } from './foreseen-decisions.service.js';
import { ForeseenPrincipals } from './foreseen-principals.service.js';
import { type Lease, type LimitDecision, type LimitRequest, LimitStorage } from './limit-storage.js';
import { PlanThrottlerStorage } from './plan-throttler.storage.js';

class Book extends LimitStorage {
  readonly decided: string[] = [];
  readonly released: string[] = [];
  isAway = false;

  override async decide({ subject, lease }: LimitRequest): Promise<LimitDecision> {
    this.decided.push(`${subject} ${lease}`);
    if (this.isAway) throw new Error('away');
    return { allowed: true, windows: [], slotsUsed: 1, now: 0 };
  }
  override async release(leases: readonly Lease[]): Promise<void> {
    this.released.push(...leases.map(({ lease }) => lease));
  }
  override renew = async (): Promise<void> => undefined;
}

const HOLDER = {
  userId: 'user_1',
  plan: 'secureai_enterprise',
  limits: { concurrent: 3 },
  allowedNetworks: [],
  credential: { kind: 'api_key', id: 'key_1' },
} as unknown as Principal;

describe('a decision that begins before it is certain who asks', () => {
  let book: Book;
  let foreseen: ForeseenDecisions;
  let requests = 0;
  beforeEach(() => {
    book = new Book();
    foreseen = new ForeseenDecisions(new ForeseenPrincipals(), new PlanThrottlerStorage(book));
  });

  const requestBy = (authorization = 'Bearer key', config: object = {}): FastifyRequest => {
    const request = { id: `req_${++requests}`, ip: '192.0.2.1', is404: false, headers: { authorization } };
    return { ...request, routeOptions: { config } } as unknown as FastifyRequest;
  };
  const letIn = (principal: Principal | undefined, isLetIn = true): void =>
    foreseen.settle({ ...requestBy(), principal } as FastifyRequest, isLetIn);
  const begun = (config?: object): FastifyRequest => {
    const request = requestBy('Bearer key', config);
    foreseen.begin(request);
    return request;
  };
  const questionOf = ({ id, ip }: FastifyRequest, principal = HOLDER): LimitRequest => {
    const { subject, windows, slots } = allowanceOf(principal, ip);
    return { subject, windows, slots, lease: id };
  };

  it('is the decision of its request, and the only one, for a credential that was let in lately', async () => {
    letIn(HOLDER);
    const request = begun();
    const taken = foreseen.take(request, questionOf(request));
    expect(await taken).toMatchObject({ allowed: true });
    foreseen.drop(request);
    expect([book.decided.length, book.released]).toEqual([1, []]);
    expect(foreseen.take(request, questionOf(request))).toBeUndefined();
  });

  it('is not used for what the credential may no more, nor for another, and its slot is given back', async () => {
    letIn(HOLDER);
    const poorer = { ...HOLDER, limits: { concurrent: 1 } } as Principal;
    const others = [poorer, { ...HOLDER, plan: 'sero_standard' }, { ...HOLDER, userId: 'user_2' }];
    const strangers = [undefined, { ...HOLDER, credential: { kind: 'api_key', id: 'key_2' } }];
    const requests = [...others, ...strangers].map((principal) => {
      const request = begun();
      const { subject, windows, slots } = allowanceOf(principal as Principal | undefined, request.ip);
      const asked = { subject, windows, slots, lease: request.id };
      const isOther = JSON.stringify(asked) !== JSON.stringify(questionOf(request));
      return { request, isOther, taken: foreseen.take(request, asked) };
    });
    for (const { isOther, taken } of requests) expect(taken === undefined).toBe(isOther);
    expect(requests.filter(({ isOther }) => isOther).length).toBeGreaterThanOrEqual(4);
    await new Promise(setImmediate);
    expect(book.released).toEqual(requests.flatMap(({ request, isOther }) => (isOther ? [request.id] : [])));
  });

  it('gives back what a request that came to nothing has taken, though that was decided after it', async () => {
    letIn(HOLDER);
    const request = begun();
    foreseen.drop(request);
    await new Promise(setImmediate);
    expect(book.released).toEqual([request.id]);
    book.isAway = true;
    const failed = begun();
    await new Promise(setImmediate);
    await expect(foreseen.take(failed, questionOf(failed))).rejects.toThrow('Retry shortly');
  });

  it('does not begin for strangers, refused ones, those bound to networks, or a route with a limit of its own', () => {
    begun();
    letIn({ ...HOLDER, allowedNetworks: ['192.0.2.0/24'] });
    begun();
    letIn(HOLDER);
    begun({ ownLimit: { name: 'some', perMinute: 'REDOUBT_EPHEMERAL_PER_MINUTE' } });
    letIn(undefined);
    begun();
    letIn(HOLDER);
    letIn(HOLDER, false);
    begun();
    expect(book.decided).toEqual([]);
  });
});
