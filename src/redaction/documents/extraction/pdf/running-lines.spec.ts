import type { PageLine } from './page-lines.js';
import { withoutRunningLines } from './running-lines.js';

const at = (y: number, text: string): PageLine => ({
  text,
  x: 72,
  y,
  right: 300,
  size: 11,
  weight: 400,
  isHyphenated: false,
});

/** Pages of a text that differs, below an upper line and above a lower one. */
const pagesOf = (count: number, upper: (page: number) => string, lower: (page: number) => string) =>
  Array.from({ length: count }, (_, index) => [
    at(760, upper(index + 1)),
    ...['a', 'b', 'c'].map((letter, row) => at(700 - 20 * row, `${letter.repeat(index + 1)} body`)),
    at(30, lower(index + 1)),
  ]);

/** What is left of the upper and lower lines, page by page. */
const leftOf = (...made: Parameters<typeof pagesOf>): string[] =>
  withoutRunningLines(pagesOf(...made)).map((lines) => {
    expect(lines.filter(({ text }) => text.endsWith('body'))).toHaveLength(3);
    return lines.flatMap(({ text }) => (text.endsWith('body') ? [] : [text])).join();
  });

const nothing = (page: number): string => 'x'.repeat(page);

describe('the lines of pages', () => {
  it.each([
    ['numbers of pages', (page: number) => `- ${page + 6} -`, ''],
    ['pages of pages', (page: number) => `Seite ${page} von 12`, ''],
    ['a footer that counts', (page: number) => `ACME 2024, ${page}`, 'ACME 2024, 1'],
    ['a footer', () => 'Internal use only', 'Internal use only'],
  ])('leave %s out, and keep words once', (_, lower, kept) => {
    const left = withoutRunningLines(pagesOf(5, nothing, lower)).map((lines) =>
      lines.filter(({ y }) => y === 30),
    );
    expect(left.map((lines) => lines.map(({ text }) => text).join())).toEqual([kept, '', '', '', '']);
  });

  it.each([
    ['are fewer than four pages’', 3, () => 'ACME'],
    ['name other numbers than those of pages', 6, (page: number) => `Invoice ${page * page}`],
    ['are titles that count', 6, (page: number) => `Week ${page}`],
    ['are on few pages', 6, (page: number) => (page % 2 ? 'ACME' : nothing(page))],
  ])('stay where they %s', (_, count, upper) => {
    expect(leftOf(count, upper, nothing)).toEqual(
      Array.from({ length: count }, (_, index) => `${upper(index + 1)},${nothing(index + 1)}`),
    );
  });

  it('are left out where few pages count otherwise', () => {
    const left = leftOf(10, nothing, (page) => (page === 1 ? '2024' : `${page - 1}`));
    expect(left).toEqual(
      Array.from({ length: 10 }, (_, index) => (index === 0 ? 'x,2024' : nothing(index + 1))),
    );
  });

  it('stay where they are the same in the middle of pages', () => {
    const pages = Array.from({ length: 5 }, (_, page) =>
      ['p', 'q', 'The same each time', 'r', 's'].map((text, row) =>
        at(700 - 20 * row, text.length > 1 ? text : text.repeat(page + 1)),
      ),
    );
    expect(withoutRunningLines(pages)).toEqual(pages);
  });
});
