import * as fc from 'fast-check';
import { areWithin, isAllowedFrom, isNetwork } from './network-list.js';

/** An address as a number, read without the code under test. */
const v4 = (value: number): string =>
  [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
const v6 = (value: bigint): string =>
  Array.from({ length: 8 }, (_, group) => ((value >> BigInt(112 - 16 * group)) & 0xffffn).toString(16)).join(
    ':',
  );

const word = fc.integer({ min: 0, max: 0xffffffff });
const wide = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });

describe('isAllowedFrom', () => {
  it('agrees with arithmetic on IPv4 networks, for mapped addresses too', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 32 }), fc.boolean(), (base, other, bits, near) => {
        const address = near ? (base ^ (other >>> Math.min(bits, 31))) >>> 0 : other;
        const inside = BigInt(base) >> BigInt(32 - bits) === BigInt(address) >> BigInt(32 - bits);
        const list = [`${v4(base)}/${bits}`];
        expect(isAllowedFrom(list, v4(address))).toBe(inside);
        expect(isAllowedFrom(list, `::ffff:${v4(address)}`)).toBe(inside);
        expect(isAllowedFrom([`::ffff:${v4(base)}/${bits + 96}`], v4(address))).toBe(inside);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with arithmetic on IPv6 networks', () => {
    fc.assert(
      fc.property(wide, wide, fc.integer({ min: 0, max: 128 }), fc.boolean(), (base, other, bits, near) => {
        const address = near ? base ^ (other >> BigInt(bits)) : other;
        const isMapped = (value: bigint): boolean => value >> 32n === 0xffffn;
        fc.pre(!isMapped(base) && !isMapped(address));
        const inside = base >> BigInt(128 - bits) === address >> BigInt(128 - bits);
        expect(isAllowedFrom([`${v6(base)}/${bits}`], v6(address))).toBe(inside);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes an empty list as everywhere and an unreadable address as nowhere', () => {
    expect(isAllowedFrom([], '203.0.113.9')).toBe(true);
    expect(isAllowedFrom(['0.0.0.0/0', '::/0'], 'unix')).toBe(false);
  });

  it('keeps the families apart and looks past the zone of a link-local client', () => {
    expect(isAllowedFrom(['0.0.0.0/0'], '2001:db8::1')).toBe(false);
    expect(isAllowedFrom(['::1'], '::1')).toBe(true);
    expect(isAllowedFrom(['10.0.0.0/8', 'fe80::/10'], 'fe80::1%eth0')).toBe(true);
  });
});

describe('isNetwork', () => {
  it.each(['10.0.0.0/8', '10.1.2.3', '::/0', '2001:db8::/32', '::ffff:10.0.0.0/104', '0.0.0.0/0'])(
    'takes %s',
    (text) => expect(isNetwork(text)).toBe(true),
  );

  it.each([
    '',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/1e1',
    ' 10.0.0.1',
    '010.0.0.1',
    '2001:db8::/129',
    'fe80::1%eth0',
    'localhost',
    '0x7f.1',
  ])('refuses %j', (text) => expect(isNetwork(text)).toBe(false));
});

describe('areWithin', () => {
  it.each([
    [['10.1.0.0/16'], ['10.0.0.0/8'], true],
    [['10.1.2.3', '192.0.2.1'], ['10.0.0.0/8', '192.0.2.0/24'], true],
    [['::ffff:10.1.2.3'], ['10.0.0.0/8'], true],
    [['2001:db8:1::/48'], ['2001:db8::/32'], true],
    [[], [], true],
    [['0.0.0.0/0'], [], true],
    [[], ['10.0.0.0/8'], false],
    [['10.0.0.0/7'], ['10.0.0.0/8'], false],
    [['0.0.0.0/0'], ['10.0.0.0/8'], false],
    [['10.1.2.3', '11.1.2.3'], ['10.0.0.0/8'], false],
    [['::/0'], ['0.0.0.0/0'], false],
  ])('%j within %j: %s', (inner, outer, expected) => expect(areWithin(inner, outer)).toBe(expected));

  it('lets nobody in whom the outer list keeps out', () => {
    const address = fc.nat(0xffffffff).map(v4);
    const prefix = fc.nat(32);
    const narrowing = fc.tuple(address, prefix, prefix).map(([base, a, b]) => ({
      outer: `${base}/${Math.min(a, b)}`,
      inner: `${base}/${Math.max(a, b)}`,
      base,
    }));
    let within = 0;
    fc.assert(
      fc.property(fc.array(narrowing, { minLength: 1 }), fc.array(address), (pairs, strangers) => {
        const inner = [...pairs.map((pair) => pair.inner), ...strangers.slice(1)];
        const outer = pairs.map((pair) => pair.outer);
        if (!areWithin(inner, outer)) return;
        within += 1;
        for (const client of [...strangers, ...pairs.map(({ base }) => base)]) {
          if (isAllowedFrom(inner, client)) expect(isAllowedFrom(outer, client)).toBe(true);
        }
      }),
    );
    expect(within).toBeGreaterThan(5);
  });
});
