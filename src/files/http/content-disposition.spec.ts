import { parse } from 'content-disposition';
import fc from 'fast-check';
import { cleanFileName } from '../file-name.js';
import { contentDisposition } from './content-disposition.js';

describe('the Content-Disposition of a file', () => {
  it.each([
    ['document.pdf', 'attachment; filename="document.pdf"'],
    ['a b.pdf', 'attachment; filename="a b.pdf"'],
    ['a "b".txt', 'attachment; filename="a \\"b\\".txt"'],
    ['x; filename=y.txt', 'attachment; filename="x; filename=y.txt"'],
    ['für.txt', 'attachment; filename="fur.txt"; filename*=UTF-8\'\'f%C3%BCr.txt'],
    ['😀.txt', 'attachment; filename="_.txt"; filename*=UTF-8\'\'%F0%9F%98%80.txt'],
  ])('of %s is %s', (name, header) => {
    expect(contentDisposition(name, 'attachment')).toBe(header);
  });

  it('is ASCII that gives every name back as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (given) => {
        const name = cleanFileName(given);
        const header = contentDisposition(name, 'inline');
        expect(header).toMatch(/^inline; filename="[\x20-\x7e]*$/);
        expect(parse(header).parameters.filename).toBe(name);
      }),
    );
  });
});
