import { isIP } from 'node:net';
import fc from 'fast-check';
import { Detector, findAll } from '../detector.js';
import { isIpv4, isIpv6 } from '../validators/ip-address.js';

const usual = new Detector({ minScore: 0.4 });

function spans(type: string, text: string): string[] {
  const only = new Detector({ minScore: 0.4, types: new Set([type]) });
  return findAll(only, { text, labels: [] }).map(({ start, end }) => text.slice(start, end));
}

describe('IP addresses', () => {
  it('are the ones that Node takes', () => {
    const octet = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('00', '01', ''));
    const v4 = fc.array(octet, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
    const group = fc.oneof(
      fc.constantFrom('', 'g', '12345'),
      fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16)),
    );
    const v6 = fc
      .tuple(
        fc.array(fc.oneof({ weight: 9, arbitrary: group }, v4), { maxLength: 9 }),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([groups, before, after]) => (before ? '::' : '') + groups.join(':') + (after ? '::' : ''));
    fc.assert(
      fc.property(v4, (text) => {
        expect(isIpv4(text)).toBe(isIP(text) === 4);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(v6, fc.ipV6()), (text) => {
        expect(isIpv6(text)).toBe(isIP(text) === 6);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are found wherever they stand', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        fc.pre(address.includes('.') || /\d/.test(address));
        fc.pre(address !== '::' && !/^[0:.]+$/.test(address));
        expect(spans('IP_ADDRESS', `from [${address}], then`)).toEqual([address]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['at 2001:db8::/32.', '2001:db8::/32'],
    ['::ffff:192.0.2.1:', '::ffff:192.0.2.1'],
  ])('include zone and prefix length: %s', (text, address) => {
    expect(spans('IP_ADDRESS', text)).toEqual([address]);
  });

  it.each(['1.2.3', 'v1.2.3.4', '1.2.3.4.5', '12:34:56', 'std::cout', 'a::b', '256.1.1.1', 'host10.0.0.1'])(
    'are not: %s',
    (text) => {
      expect(spans('IP_ADDRESS', text)).toEqual([]);
    },
  );
});

describe('MAC addresses', () => {
  it.each(['00:1b:44:11:3a:b7', '00-1B-44-11-3A-B7', '001b.4411.3ab7'])('are found: %s', (mac) => {
    expect(spans('MAC_ADDRESS', `eth0 ${mac} up`)).toEqual([mac]);
  });

  it.each([
    'ff:ff:ff:ff:ff:ff',
    '00:1b:44:11:3a',
    '00:1b-44:11:3a:b7',
    '00:1b:44:11:3a:b7:c8',
    '00:1b:44:11:3a:bz',
  ])('are not: %s', (text) => {
    expect(spans('MAC_ADDRESS', text)).toEqual([]);
  });
});

describe('e-mail addresses', () => {
  it.each([
    'ann@example.com',
    'a.b+c@mail.example.co.uk',
    'jürgen@müller.de',
    'x_y@xn--80ak6aa92e.com',
    "o'neil@example.ie",
  ])('are found: %s', (address) => {
    expect(spans('EMAIL_ADDRESS', `<${address}>, mailto:${address}.`)).toEqual([address, address]);
  });

  it('end before the next sentence', () => {
    expect(spans('EMAIL_ADDRESS', 'Write to ann@example.com.Then wait.')).toEqual(['ann@example.com']);
  });

  it.each(['@ann', 'ann@', 'a @ b.com', 'ann@localhost', 'ann@-.com', 'ann@a..com'])(
    'are not: %s',
    (text) => {
      expect(spans('EMAIL_ADDRESS', text)).toEqual([]);
    },
  );
});

describe('URLs', () => {
  it.each([
    ['see https://example.com/a_(b)?c=d#e.', 'https://example.com/a_(b)?c=d#e'],
    ['(http://example.org)', 'http://example.org'],
    ['go to www.example.photography now', 'www.example.photography'],
    ['on example.com/path, today', 'example.com/path'],
    ['FTP://files.example.net/x', 'FTP://files.example.net/x'],
  ])('are found in: %s', (text, url) => {
    expect(spans('URL', text)).toEqual([url]);
  });

  it.each([
    'README.md',
    'main.rs',
    'node.js',
    'e.g. this',
    'obj.name.id',
    'com.example.app',
    'www.example',
    'call foo.com(x)',
    'ASP.NET',
  ])('are not: %s', (text) => {
    expect(spans('URL', text)).toEqual([]);
  });

  it('hold what lies inside them', () => {
    const text = 'https://ann:secret@example.com/?mail=ann@example.com';
    expect(findAll(usual, { text, labels: [] }).map(({ type }) => type)).toEqual(['URL']);
  });
});
