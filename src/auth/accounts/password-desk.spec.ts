import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../platform/errors/app-error.js';
import { PasswordDesk } from './password-desk.service.js';

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'served',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

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
    const crowd = Array.from({ length: 100 }, () => come('192.0.2.1'));
    await sleep(1);
    expect(begun).toBe(32);
    const others = Array.from({ length: 100 }, (_, index) => come(`198.51.100.${index}`));
    await sleep(1);
    expect(begun).toBe(64);
    end();
    const outcomes = await Promise.all([...crowd, ...others]);
    expect(outcomes.filter((outcome) => outcome === 'LOGINS_BUSY')).toHaveLength(136);
    expect(await come('192.0.2.1')).toBe('served');
  });

  it('hashes what it then takes for the same password, composed or not, and for no other', async () => {
    const desk = new PasswordDesk();
    await desk.serve('192.0.2.1', async ({ hash, verify }) => {
      const stored = await hash('Zwölf Boxkämpfer');
      expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(await verify(stored, 'Zwölf Boxkämpfer'.normalize('NFD'))).toBe(true);
      expect(await verify(stored, 'zwölf boxkämpfer')).toBe(false);
    });
  });
});
