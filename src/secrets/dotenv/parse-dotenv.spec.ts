// biome-ignore-all lint/suspicious/noTemplateCurlyInString: nothing is expanded here
import fc from 'fast-check';
import { parseDotenv } from './parse-dotenv.js';

const read = (text: string) => parseDotenv(text).entries.map(({ key, value }) => [key, value]);
const refused = (text: string) =>
  parseDotenv(text).refused.map(({ key, line, reason }) => [line, reason, key]);

describe('a .env file', () => {
  it.each<[string, string]>([
    ['K=value', 'value'],
    ['  export\tK = value  ', 'value'],
    ['\ufeffK=value', 'value'],
    ['K: value', 'value'],
    ['K:\tvalue', 'value'],
    ['K=', ''],
    ['K=   ', ''],
    ["K=''", ''],
    ['K=""', ''],
    ['K= # comment', ''],
    ['K=value # comment', 'value'],
    ['K=value\t# comment # more', 'value'],
    ['K=a#b', 'a#b'],
    ['K=#fff', '#fff'],
    ['K="a # b" # comment', 'a # b'],
    ["K='a # b'# comment", 'a # b'],
    ['K=a b  c', 'a b  c'],
    ['K=a=b==', 'a=b=='],
    ['K=a"b\'c', 'a"b\'c'],
    ['K=1:2', '1:2'],
    ['K=a\\nb', 'a\\nb'],
    ['K=a\\$b', 'a\\$b'],
    [String.raw`K="a\nb\rc\td\"e\\f\$g"`, 'a\nb\rc\td"e\\f$g'],
    [String.raw`K="C:\dir\x"`, 'C:\\dir\\x'],
    [String.raw`K="a\\nb"`, 'a\\nb'],
    [String.raw`K="a\\"`, 'a\\'],
    [String.raw`K='a\nb'`, 'a\\nb'],
    [String.raw`K='it\'s'`, String.raw`it\'s`],
    [String.raw`K='C:\dir\'`, 'C:\\dir\\'],
    [String.raw`K='C:\dir\' # comment`, 'C:\\dir\\'],
    ["K='a\nb\n'", 'a\nb\n'],
    ['K="a\n\n# b\nX=c"', 'a\n\n# b\nX=c'],
    ['K="{\n  \\"a\\": \\"b\\"\n}"', '{\n  "a": "b"\n}'],
    ["K='a\r\nb\rc'", 'a\nb\nc'],
    ['K=`it\'s "x"`', 'it\'s "x"'],
    ['K=`a\nb`', 'a\nb'],
    ['K=`a', '`a'],
    ['K=`a` b', '`a` b'],
    ['K=$(rm -rf /)', '$(rm -rf /)'],
    ['K="$(id) `id` $A ${A} ${A:-b}"', '$(id) `id` $A ${A} ${A:-b}'],
    ["K='${A}'", '${A}'],
    ['K=\u00a0a\u2003', 'a'],
    ['K=é€😀', 'é€😀'],
  ])('%j', (text, value) => {
    expect(parseDotenv(text)).toEqual({ entries: [{ key: 'K', value, line: 1 }], refused: [] });
  });

  it('gives lines, duplicates and names as they stand', () => {
    const text = '# head\r\n\r\nA=1\rexport B="x\r\ny"\n  \t\n export=2\nA.b-c=3\n456=4\nA=5\n#end';
    expect(parseDotenv(text)).toEqual({
      entries: [
        { key: 'A', value: '1', line: 3 },
        { key: 'B', value: 'x\ny', line: 4 },
        { key: 'export', value: '2', line: 7 },
        { key: 'A.b-c', value: '3', line: 8 },
        { key: '456', value: '4', line: 9 },
        { key: 'A', value: '5', line: 10 },
      ],
      refused: [],
    });
  });

  it.each<[string, [number, string, string | null][]]>([
    ['A=1\nB', [[2, 'NO_ASSIGNMENT', null]]],
    ['export A', [[1, 'NO_ASSIGNMENT', null]]],
    ['A:b', [[1, 'NO_ASSIGNMENT', null]]],
    ['=1', [[1, 'KEY_INVALID', null]]],
    ['A B=1', [[1, 'KEY_INVALID', null]]],
    ['"A"=1', [[1, 'KEY_INVALID', null]]],
    ['ключ=1', [[1, 'KEY_INVALID', null]]],
    ['A="1', [[1, 'QUOTE_UNTERMINATED', 'A']]],
    ['A="1\\"', [[1, 'QUOTE_UNTERMINATED', 'A']]],
    ["A='1\nB=2", [[1, 'QUOTE_UNTERMINATED', 'A']]],
    ['A="1" 2', [[1, 'TEXT_AFTER_QUOTE', 'A']]],
    ["A='1''2'", [[1, 'TEXT_AFTER_QUOTE', 'A']]],
    [
      'A="1\n2" 3\n4',
      [
        [1, 'TEXT_AFTER_QUOTE', 'A'],
        [3, 'NO_ASSIGNMENT', null],
      ],
    ],
  ])('refuses in %j', (text, expected) => {
    expect(refused(text)).toEqual(expected);
  });

  it('goes on after a quotation mark that is missing, on the next line', () => {
    const text = 'A="1\nB="2"\nC=\'3\nD=4\nE="5"';
    expect(read(text)).toEqual([
      ['B', '2'],
      ['D', '4'],
      ['E', '5'],
    ]);
    expect(refused(text)).toEqual([
      [1, 'QUOTE_UNTERMINATED', 'A'],
      [3, 'QUOTE_UNTERMINATED', 'C'],
    ]);
  });

  it('never quotes a value in a message', () => {
    for (const text of ['hunter2', 'A="hunter2', 'A="hunter2" hunter2', 'x hunter2=hunter2']) {
      expect(JSON.stringify(parseDotenv(text).refused)).not.toContain('hunter2');
    }
  });

  it('loses no line: each is blank, a comment, part of an entry, or refused', () => {
    const piece = fc.constantFrom(
      'A',
      '=',
      '"',
      "'",
      '`',
      '\\',
      '#',
      ' ',
      '\n',
      '\r',
      ':',
      'export ',
      '$',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { entries, refused: lost } = parseDotenv(pieces.join(''));
        const lines = pieces.join('').replaceAll(/\r\n?/g, '\n').split('\n');
        const taken = new Set([...entries, ...lost].map(({ line }) => line));
        const first = lines.findIndex((line) => !/^\s*(?:#|$)/.test(line)) + 1;
        expect(first === 0 || taken.has(first)).toBe(true);
        expect([...taken].every((line) => line >= 1 && line <= lines.length)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read in linear time', () => {
    const parts = [
      'A="\n',
      "A='\\'\n",
      'A="x\nB=\'y\nC=`z\n',
      '"',
      '\\',
      '#',
      ' ',
      "A='\\' ",
      'A="x" y\n',
      '\r',
      '\\"',
    ];
    for (const before of ['', 'A="', "A='", 'A=`']) {
      for (const part of parts) {
        const started = performance.now();
        parseDotenv(before + part.repeat(300_000 / part.length));
        expect([before + part, performance.now() - started < 10_000]).toEqual([before + part, true]);
      }
    }
  });
});
