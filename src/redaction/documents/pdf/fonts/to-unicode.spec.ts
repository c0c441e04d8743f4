import { readToUnicode, writeToUnicode } from './to-unicode.js';

describe('what codes of a font mean', () => {
  it('reads characters, ranges and lists', () => {
    const text = `1 begincodespacerange <0000> <ffff> endcodespacerange
2 beginbfchar <0001> <0041> <0002> <D83DDE00> endbfchar
2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0078> <00660066>] endbfrange % <0099> <0042>`;
    expect([...readToUnicode(text)]).toEqual([
      [1, '0041'],
      [2, 'D83DDE00'],
      [16, '0061'],
      [17, '0062'],
      [18, '0063'],
      [32, '0078'],
      [33, '00660066'],
    ]);
  });

  it.each([1, 2] as const)('writes what it reads, codes of %i bytes', (width) => {
    const meanings = new Map(
      Array.from({ length: 200 }, (_, code) => [code, (65 + code).toString(16).padStart(4, '0')]),
    );
    expect(readToUnicode(writeToUnicode(meanings, width))).toEqual(meanings);
  });
});
