import * as fc from 'fast-check';
import { generateApiKey, hashApiKey, hasValidChecksum, hintOf } from './api-key.js';

describe('generateApiKey', () => {
  it('makes keys of the documented form that pass their own checksum and never repeat', () => {
    const keys = Array.from({ length: 500 }, generateApiKey);
    for (const key of keys) {
      expect(key).toMatch(/^sk_live_[0-9A-Za-z]{38}$/);
      expect(hasValidChecksum(key)).toBe(true);
    }
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('hasValidChecksum', () => {
  it('notices every single mistyped character', () => {
    const key = generateApiKey();
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: key.length - 1 }),
        fc.stringMatching(/^[0-9A-Za-z]$/),
        (at, typed) => {
          fc.pre(key[at] !== typed);
          expect(hasValidChecksum(key.slice(0, at) + typed + key.slice(at + 1))).toBe(false);
        },
      ),
    );
  });
});

describe('hintOf', () => {
  it('shows too little of a key to help guessing it', () => {
    const key = generateApiKey();
    const shown = hintOf(key).replace('…', '').replace('sk_live_', '');
    expect(shown).toHaveLength(8);
    expect(hashApiKey(key)).toHaveLength(32);
  });
});
