import { receiptReachOf } from './receipt-reach.policy.js';

const reader = {
  userId: 'user_a',
  organizationId: 'org_a',
  memberships: [{ organizationId: 'org_a', role: 'admin' }] as const,
  onlyProjectId: undefined,
};

describe('who sees which receipts', () => {
  it('administrators see all of their organization, and of no other', () => {
    expect(receiptReachOf(reader)).toEqual({ organizationId: 'org_a', userId: undefined });
    expect(receiptReachOf({ ...reader, organizationId: 'org_b' })).toEqual({
      organizationId: 'org_b',
      userId: 'user_a',
    });
  });

  it.each(['viewer', 'editor'] as const)('a member who is %s sees their own', (role) => {
    const memberships = [{ organizationId: 'org_a', role }];
    expect(receiptReachOf({ ...reader, memberships }).userId).toBe('user_a');
  });

  it('whoever was let into a project sees their own in that project', () => {
    const guest = { ...reader, organizationId: 'org_b', onlyProjectId: 'proj_b' };
    expect(receiptReachOf(guest)).toEqual({
      organizationId: 'org_b',
      userId: 'user_a',
      projectId: 'proj_b',
    });
  });
});
