import fc from 'fast-check';
import { describeProcess, parsePs, parseStat } from './processes.js';

const tail = '1 1 1 0 -1 4194304 100 0 0 0 5 6 0 0 20 0 1 0 987654 1000 200 18446744073709551615';

describe('parseStat', () => {
  it('finds name, state and start whatever the name holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), fc.constantFrom('R', 'S', 'D', 'Z', 'T'), (name, state) => {
        expect(parseStat(`42 (${name}) ${state} ${tail}`)).toEqual({
          name,
          zombie: state === 'Z',
          startedAt: '987654',
        });
      }),
    );
  });
});

describe('parsePs', () => {
  it('reads the forms of macOS and the BSDs', () => {
    expect(parsePs('Ss   Fri Nov 20 22:10:00 2026 /opt/postgresql/bin/postgres\n')).toEqual({
      name: 'postgres',
      zombie: false,
      startedAt: 'Fri Nov 20 22:10:00 2026',
    });
    expect(parsePs('Z+ Fri Nov 20 22:10:00 2026 (postgres)')).toMatchObject({ zombie: true });
    expect(parsePs('')).toBeUndefined();
  });
});

describe('describeProcess', () => {
  it('knows this process by name, and tells it from others by its start', () => {
    const self = describeProcess(process.pid);
    expect(self).toMatchObject({ zombie: false });
    expect(self?.startedAt).not.toBe('');
    expect(describeProcess(process.pid)).toEqual(self);
    expect(describeProcess(2_147_483_646)).toBeUndefined();
  });
});
