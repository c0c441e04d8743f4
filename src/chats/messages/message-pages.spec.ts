import { pagesOf } from './message-pages.service.js';

const sizesOf = (...sizes: number[]) => sizes.map((bytes, at) => ({ position: at + 1, bytes }));

describe('pages of messages', () => {
  it('hold every message once and in order, within both bounds', () => {
    const sizes = sizesOf(...Array.from({ length: 1_000 }, (_, at) => ((at * 7_919) % 40) * 1_000));
    const pages = [...pagesOf(sizes)];
    expect(pages.flat()).toEqual(sizes.map(({ position }) => position));
    for (const page of pages) {
      const bytes = page.reduce((sum, position) => sum + (sizes[position - 1]?.bytes ?? 0), 0);
      expect(bytes).toBeLessThanOrEqual(512 * 1024);
      expect(page.length).toBeLessThanOrEqual(200);
    }
  });

  it('give a message that is larger a page of its own', () => {
    expect([...pagesOf(sizesOf(10, 10_000_000, 10, 10))]).toEqual([[1], [2], [3, 4]]);
    expect([...pagesOf([])]).toEqual([]);
  });
});
