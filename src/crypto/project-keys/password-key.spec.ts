import { newDerivation, passwordKey } from './password-key.js';

describe('passwordKey', () => {
  const derivation = { ...newDerivation(), memoryKib: 1024, iterations: 1, parallelism: 1 };

  it('is Argon2id, version 1.3', async () => {
    // argon2-cffi 25.1 (Python), hash_secret_raw(b'password', b'saltsaltsaltsalt', 1, 1024, 1, 32, Type.ID).
    const salt = Buffer.from('saltsaltsaltsalt').toString('base64');
    expect((await passwordKey('password', { ...derivation, salt })).toString('hex')).toBe(
      '4c9a847bca2cfc41d97cbdd56a9739f444f9c1f704cc878656c118b6092ea0ac',
    );
  });

  it('is the same for the same password however it was typed, and another for any other', async () => {
    const composed = await passwordKey('Größe-é', derivation);
    expect(await passwordKey('Größe-é'.normalize('NFD'), derivation)).toEqual(composed);
    expect(await passwordKey('Größe-e', derivation)).not.toEqual(composed);
    expect(await passwordKey('Größe-é', { ...derivation, salt: newDerivation().salt })).not.toEqual(composed);
  });

  it('has what RFC 9106 recommends, and a salt of its own every time', () => {
    const [one, two] = [newDerivation(), newDerivation()];
    expect(one).toMatchObject({ algorithm: 'argon2id', memoryKib: 65_536, iterations: 3, parallelism: 4 });
    expect(Buffer.from(one.salt, 'base64').length).toBe(16);
    expect(one.salt).not.toBe(two.salt);
  });
});
