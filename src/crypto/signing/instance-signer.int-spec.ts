import { createPublicKey, verify } from 'node:crypto';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { TestTenants } from '../testing/test-tenant.js';

/** As any other program makes a key of 32 bytes (RFC 8037). */
const verifies = (publicKey: Buffer, message: Buffer, signature: Buffer): boolean =>
  verify(
    null,
    message,
    createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
      format: 'jwk',
    }),
    signature,
  );

describe('the signer of the instance', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
  });
  afterAll(() => database.stop());

  it('signs in every process with one key, which verifies what it signed and nothing else', async () => {
    const db = database.dataSource.manager;
    const tenants = new TestTenants(database.dataSource);
    const [one, other] = [await tenants.instanceSigner(), await tenants.instanceSigner()];
    const publicKey = await other.publicKey(db);
    expect(publicKey).toHaveLength(32);
    expect(await one.publicKey(db)).toEqual(publicKey);
    const message = Buffer.from('what happened');
    const signature = await one.sign(message, db);
    expect(signature).toEqual(await other.sign(message, db));
    expect(verifies(publicKey, message, signature)).toBe(true);
    expect(verifies(publicKey, Buffer.from('what happenee'), signature)).toBe(false);
    expect(await other.verify(message, signature, db)).toBe(true);
    expect(await other.verify(Buffer.from('what happenee'), signature, db)).toBe(false);
    const [{ wrapped }] = await db.query("SELECT wrapped FROM instance_keys WHERE purpose = 'signatures'");
    expect(wrapped.includes(publicKey)).toBe(false);
  });
});
