import * as fc from 'fast-check';
import { weaknessesOf as weaknesses } from './password-weakness.js';

const weaknessesOf = (password: string, text: string): string[] =>
  weaknesses(password, [{ text, what: "the project's name", anywhere: true }]);

const COMMON = 'tried first';
const NAME = "project's name";
const REPEATS = 'repeats';
const SEQUENCE = 'sequence';
const FEW = 'different characters';

describe('a password', () => {
  it.each([
    ['password', COMMON],
    ['Password1!', COMMON],
    ['P@ssw0rd', COMMON],
    ['$ecret2026', COMMON],
    ['123welcome', COMMON],
    ['Nightingale-7', NAME],
    ['my n1ghtingale', NAME],
    ['aaaaaaaa', REPEATS],
    ['aaaaaaaa', FEW],
    ['xK2xK2xK2', REPEATS],
    ['12345678', SEQUENCE],
    ['87654321', SEQUENCE],
    ['qwertyuiop', SEQUENCE],
    ['abcdefgh', SEQUENCE],
    ['asdf7890', SEQUENCE],
    ['abababcc', FEW],
  ])('%s is called weak: %s', (password, why) => {
    expect(weaknessesOf(password, 'Nightingale').join(' ')).toContain(why);
  });

  it.each(['correct horse battery staple', 'u7#Lq9vT', 'Zwölf Boxkämpfer', '🦊🐻🌍🎈🧭🪁🛶🧊'])(
    '%s is not',
    (password) => {
      expect(weaknessesOf(password, 'Nightingale')).toEqual([]);
    },
  );

  it.each([
    ['Nightingale', true],
    ['n1ghtingale!', true],
    ['2026 nightingale 7', true],
    ['Florence Nightingale', false],
    ['nightingales sing', false],
  ])('%s is called weak where Nightingale is somebody: %p', (password, weak) => {
    const found = weaknesses(password, [{ text: 'Nightingale', what: 'your name' }]);
    expect(found).toEqual(weak ? ['It has your name in it.'] : []);
  });

  it('is never repeated in what is said of it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 128, unit: 'binary' }),
        fc.string(),
        (password, name) => {
          for (const warning of weaknessesOf(password, name)) expect(warning).not.toContain(password);
        },
      ),
    );
  });

  it('drawn at random is hardly ever called weak', () => {
    const unit = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ23456789');
    const drawn = fc.sample(fc.string({ minLength: 12, maxLength: 12, unit }), 2_000);
    const weak = drawn.filter((password) => weaknessesOf(password, 'Medical Records').length > 0);
    // fast-check leans towards small values, which repeat; drawn evenly there would be none.
    expect(weak.length).toBeLessThan(drawn.length / 10);
  });

  it('of the greatest length is looked at in no time, whatever is in it', () => {
    const started = performance.now();
    for (const password of [`${'a'.repeat(127)}b`, '!'.repeat(128), `${'ab'.repeat(63)}ba`])
      for (let trial = 0; trial < 100; trial += 1) weaknessesOf(password, '!'.repeat(100));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
