import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsSweeper } from './invitations.sweeper.js';

describe('the sweeper of invitations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
  });
  afterAll(() => database?.stop());

  it('forgets those that have been over for thirty days, however they ended, and no others', async () => {
    const master = { id: 'mkey_test', key: Buffer.alloc(32, 7), source: 'a test' };
    const { organizationId, userId } = await new TestTenants(database.dataSource, master).addOld();
    /** Ends so many days ago, or in so many with a minus. */
    const add = async (name: string, days: { accepted?: number; revoked?: number; expires: number }) => {
      const ago = (count: number | undefined) =>
        count === undefined ? null : new Date(Date.now() - count * 86_400_000);
      await database.dataSource.query(
        `INSERT INTO invitations (id, organization_id, email_sealed, email_lookup, role, hash, invited_by, expires_at,
                                  accepted_at, revoked_at)
         VALUES ($1, $2, $3, $3, 'viewer', $3, $4, $5, $6, $7)`,
        [
          ...[newId('inv'), organizationId, Buffer.from(name), userId],
          ...[ago(days.expires), ago(days.accepted), ago(days.revoked)],
        ],
      );
    };
    await add('open', { expires: -2 });
    await add('expired lately', { expires: 29 });
    await add('accepted lately', { accepted: 29, expires: 27 });
    await add('expired', { expires: 31 });
    await add('accepted', { accepted: 31, expires: 29 });
    await add('revoked', { revoked: 31, expires: 29 });
    await new InvitationsSweeper(new UnitOfWork(database.dataSource), new InvitationsRepository()).run();
    const left = await database.dataSource.query('SELECT email_sealed AS name FROM invitations');
    expect(left.map(({ name }: { name: Buffer }) => name.toString()).sort()).toEqual([
      'accepted lately',
      'expired lately',
      'open',
    ]);
  });
});
