import { anonymousSubject, networkOf } from './limit-subject.js';

describe('the address that counts', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['1::2', '1:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
    ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4'],
    ['', ''],
  ])('of %p is %p', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is kept as a digest alone', () => {
    expect(anonymousSubject('203.0.113.9')).toMatch(/^address:[0-9a-f]{32}$/);
    expect(anonymousSubject('::ffff:203.0.113.9')).toBe(anonymousSubject('203.0.113.9'));
    expect(anonymousSubject('203.0.113.9')).not.toBe(anonymousSubject('203.0.113.8'));
  });
});
