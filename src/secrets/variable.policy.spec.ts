import { refusalOf } from './variable.policy.js';

describe('a variable', () => {
  it.each<[string, string]>([
    ['A', ''],
    ['_a1', 'x\ny\r\n\t'],
    ['A'.repeat(255), '😀'.repeat(16_384)],
  ])('%.20j is kept', (key, value) => {
    expect(refusalOf(key, value)).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ['', '', 'KEY_INVALID'],
    ['1A', '', 'KEY_INVALID'],
    ['A-B', '', 'KEY_INVALID'],
    ['A\n', '', 'KEY_INVALID'],
    ['É', '', 'KEY_INVALID'],
    ['A'.repeat(256), '', 'KEY_TOO_LONG'],
    ['A', `${'😀'.repeat(16_384)}x`, 'VALUE_TOO_LARGE'],
    ['A', 'x\0', 'VALUE_HAS_NUL'],
    ['A', 'x\ud800y', 'VALUE_NOT_TEXT'],
    ['A', '\udc00', 'VALUE_NOT_TEXT'],
  ])('%.20j is refused', (key, value, reason) => {
    expect(refusalOf(key, value)?.reason).toBe(reason);
  });
});
