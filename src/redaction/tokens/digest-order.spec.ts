import { createHash } from 'node:crypto';
import { inDigestOrder } from './digest-order.js';

const digests = (count: number) =>
  Array.from({ length: count }, (_, index) => createHash('sha256').update(String(index)).digest());

describe('digest order', () => {
  it.each([0, 1, 7, 1_000, 20_001])('is one order for %d items, whatever order they come in', (count) => {
    const items = digests(count);
    const ordered = (list: Buffer[]) => [...inDigestOrder(list, (item) => item, 300)];
    const lists = ordered(items);
    expect(Math.max(0, ...lists.map(({ length }) => length))).toBeLessThanOrEqual(300);
    const expected = [...items].sort((a, b) => a.compare(b)).map((item) => item.toString('hex'));
    expect(lists.flat().map((item) => item.toString('hex'))).toEqual(expected);
    expect(ordered([...items].reverse()).flat()).toEqual(lists.flat());
  });
});
