import type { FastifyRequest } from 'fastify';
import { loadSettings } from '../config/settings.js';
import type { Principal } from '../http/principal.js';
import { Allowances } from './allowances.service.js';
import type { RouteLimits } from './route-limits.js';

const allowances = new Allowances(loadSettings({ REDOUBT_EPHEMERAL_PER_MINUTE: '7' }));

const OWN = { name: 'some_keys', perMinute: 'REDOUBT_EPHEMERAL_PER_MINUTE' } as const;

const HOLDER: Principal = {
  userId: 'user_1',
  plan: 'sero_standard',
  limits: undefined,
  credential: { id: 'key_1' },
} as unknown as Principal;

const told = (
  config: RouteLimits & { access: string },
  principal?: Principal,
  ip = '192.0.2.1',
  is404 = false,
) => {
  const request = { ip, is404, principal, routeOptions: { config } } as unknown as FastifyRequest;
  const { plan, subject, windows, slots } = allowances.of(request);
  return { plan, subject, windows: windows.map(({ name, limit }) => `${limit}/${name}`), slots };
};

describe('what a request may', () => {
  it('is what its sender’s plan says, on most routes', () => {
    expect(told({ access: 'detect' }, HOLDER)).toMatchObject({
      plan: 'sero_standard',
      windows: ['1000/hour'],
    });
    expect(told({ access: 'public' })).toMatchObject({ plan: 'anonymous', windows: ['100/hour'] });
  });

  it('holds the plan’s uploads where a route counts them', () => {
    const counting = { access: 'files:write', counts: 'uploads' } as const;
    expect(told(counting, HOLDER).windows).toEqual(['1000/hour', '100/uploads']);
    expect(told(counting).windows).toEqual(['100/hour']);
  });

  it('is the route’s own limit where it has one, by address alone', () => {
    const open = { access: 'public', ownLimit: OWN };
    const mine = told(open);
    expect(mine).toMatchObject({ plan: 'some_keys', windows: ['7/minute'], slots: null });
    expect(told(open, HOLDER)).toEqual(mine);
    expect(told(open, undefined, '192.0.2.2').subject).not.toBe(mine.subject);
    expect(told(open, undefined, '2001:db8::1').subject).toBe(told(open, undefined, '2001:db8::2:1').subject);
    expect(told({ access: 'public' }).subject).not.toBe(mine.subject);
  });

  it('is never more than a stranger’s for whoever was refused, so that no route helps to guess keys', () => {
    expect(told({ access: 'detect', ownLimit: OWN })).toEqual(told({ access: 'public' }));
    expect(told({ access: 'detect', ownLimit: OWN }, HOLDER).plan).toBe('some_keys');
    expect(told({ access: 'public', ownLimit: OWN }, undefined, '192.0.2.1', true).plan).toBe('anonymous');
  });
});
