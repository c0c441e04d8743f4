import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../platform/errors/app-error.js';
import { PasswordDesk } from './password-desk.service.js';
import { DECOY } from './password-hash.js';

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'served',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

const count = (outcomes: readonly string[], wanted: string): number =>
  outcomes.filter((outcome) => outcome === wanted).length;

describe('the desk where passwords are hashed', () => {
  it('sends away at once who is beyond what it has places for, of one network sooner than of all', async () => {
    const desk = new PasswordDesk();
    let begun = 0;
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const come = (address: string): Promise<string> =>
      outcomeOf(
        desk.serve(address, async () => {
          begun += 1;
          await ended;
        }),
      );
    const crowds = ['192.0.2.1', '192.0.2.2'].flatMap((address) =>
      Array.from({ length: 50 }, () => come(address)),
    );
    await sleep(1);
    expect(begun).toBe(64);
    end();
    expect(count(await Promise.all(crowds), 'LOGINS_BUSY')).toBe(36);
    expect(await come('192.0.2.1')).toBe('served');
  });

  it('gives everybody who comes alone a place that a crowd has, and no place to a crowd', async () => {
    const desk = new PasswordDesk();
    const come = (address: string): Promise<string> =>
      outcomeOf(desk.serve(address, ({ verify }) => verify(DECOY, 'a password')));
    const crowds = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].flatMap((address) =>
      Array.from({ length: 32 }, () => come(address)),
    );
    const single = Array.from({ length: 20 }, (_, index) => come(`198.51.100.${index}`));
    expect(count(await Promise.all(single), 'served')).toBe(20);
    expect(count(await Promise.all(crowds), 'served')).toBeGreaterThanOrEqual(44);
  });

  it('takes a hash for the same password, composed or not, and for no other', async () => {
    const desk = new PasswordDesk();
    await desk.serve('192.0.2.1', async ({ hash, verify }) => {
      const stored = await hash('Zwölf Boxkämpfer');
      expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(await verify(stored, 'Zwölf Boxkämpfer'.normalize('NFD'))).toBe(true);
      expect(await verify(stored, 'zwölf boxkämpfer')).toBe(false);
    });
  });
});
