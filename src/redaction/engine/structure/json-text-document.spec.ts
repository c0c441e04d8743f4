import fc from 'fast-check';
import { runToEnd } from '../cooperation.js';
import { EngineInputError } from '../engine-error.js';
import { JsonTextDocument } from './json-text-document.js';

const fieldsOf = (text: string) =>
  [...new JsonTextDocument(text).fields()].map(({ path, part, value }) => [path, part, value.text]);

const rewritten = (text: string, replace: (text: string) => string | undefined) =>
  runToEnd(new JsonTextDocument(text).rewrite(({ value }) => replace(value.text)));

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const errorOf = (text: string): EngineInputError | undefined => {
  try {
    for (const _ of new JsonTextDocument(text).fields());
    return undefined;
  } catch (error) {
    if (error instanceof EngineInputError) return error;
    throw error;
  }
};

const blanks = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

/** JSON text in arbitrary spelling: random blanks and escapes. */
const jsonText = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), blanks, fc.boolean())
  .map(([value, blank, escaped]) => {
    const text = JSON.stringify(value, null, blank);
    return blank + (escaped ? text.replaceAll('z', '\\u007A') : text) + blank;
  });

describe('JSON text', () => {
  it('gives keys, strings and numbers with pointers and labels of the keys above', () => {
    const text = '{"user": {"homePhone": ["1", 2e3, true, null, {"a/b~": "x"}]}}';
    expect(fieldsOf(text)).toEqual([
      ['/user', 'key', 'user'],
      ['/user/homePhone', 'key', 'homePhone'],
      ['/user/homePhone/0', undefined, '1'],
      ['/user/homePhone/1', undefined, '2e3'],
      ['/user/homePhone/4/a~1b~0', 'key', 'a/b~'],
      ['/user/homePhone/4/a~1b~0', undefined, 'x'],
    ]);
    const labels = [...new JsonTextDocument(text).fields()].map(({ value }) => value.labels);
    expect(labels[3]).toEqual(['homePhone', 'home', 'Phone', 'user']);
    expect(labels[1]).toEqual([]);
  });

  it('changes only replaced tokens and keeps duplicate keys', () => {
    const text = '\ufeff{ "a" : 1.50e+02 ,\r\n\t"a":"b\\u0041\\/", "big": 12345678901234567890.0 }\n';
    expect(rewritten(text, () => undefined)).toBe(text);
    expect(rewritten(text, (value) => (value === 'bA/' ? '"\n' : undefined))).toBe(
      text.replace('"b\\u0041\\/"', '"\\"\\n"'),
    );
    expect(rewritten(text, (value) => (value.startsWith('123') ? 'x' : undefined))).toContain('"big": "x" }');
    expect(rewritten(text, (value) => (value === 'a' ? 'k' : undefined))).toContain(
      '{ "k" : 1.50e+02 ,\r\n\t"k":',
    );
  });

  it('loses no member when different keys get one name', () => {
    const redacted = rewritten('{"1":"a","N_2":"b","2":"c","N":"d","3":"e"}', (text) =>
      /^\d$/.test(text) ? 'N' : undefined,
    );
    expect(Object.values(JSON.parse(redacted))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(redacted).toBe('{"N_3":"a","N_2":"b","N_4":"c","N":"d","N_5":"e"}');
  });

  it('accepts exactly what RFC 8259 allows', () => {
    const mutated = fc
      .tuple(
        jsonText,
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', ':', '{', ']', '0', '-', 'e', '.', '\n', 'u'),
      )
      .map(
        ([text, at, char]) =>
          text.slice(0, at % (text.length + 1)) + char + text.slice((at % (text.length + 1)) + 1),
      );
    const soup = fc
      .array(fc.constantFrom(...'{}[]":,\\u01-+.eE \ntrue', 'null', '"a"', '\ud800'))
      .map((a) => a.join(''));
    fc.assert(
      fc.property(fc.oneof(jsonText, mutated, soup), (text) => {
        const error = errorOf(text);
        expect(error === undefined).toBe(parses(text));
        if (error !== undefined) expect(error.code).toBe('INVALID_JSON');
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives back the text when nothing is replaced and the value when strings are replaced by themselves', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(rewritten(text, () => undefined)).toBe(text);
        const document = new JsonTextDocument(text);
        const same = runToEnd(
          document.rewrite(({ value, part }) => (part === 'key' ? value.text : undefined)),
        );
        expect(JSON.parse(same)).toEqual(JSON.parse(text));
        const shouted = runToEnd(
          document.rewrite(({ value, part }) => (part === 'key' ? undefined : `${value.text}!`)),
        );
        const expected = [...document.fields()].map(({ path, part, value }) =>
          part === 'key' ? [path, part, value.text] : [path, part, `${value.text}!`],
        );
        expect(parses(shouted)).toBe(true);
        expect(fieldsOf(shouted)).toEqual(expected);
      }),
    );
  });

  it('keeps lone surrogates', () => {
    const text = '["\ud800", "\\udc00x1"]';
    const redacted = rewritten(text, (value) => (value.endsWith('1') ? value.replace('1', '#') : undefined));
    expect(JSON.parse(redacted)).toEqual(['\ud800', '\udc00x#']);
    expect(redacted.startsWith('["\ud800", ')).toBe(true);
  });

  it('tells line and column, never content', () => {
    const error = errorOf('{"a": 1,\r\n "😀": secret}');
    expect(error?.place).toEqual({ line: 2, column: 7 });
    expect(error?.message).toContain('line 2, column 7');
    expect(error?.message).not.toContain('secret');
    expect(errorOf('')?.place).toEqual({ line: 1, column: 1 });
  });

  it('refuses deep nesting without recursion', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(errorOf(nested(1_000))).toBeUndefined();
    expect(errorOf(nested(1_001))?.code).toBe('TOO_DEEP');
    expect(errorOf('{"a":'.repeat(1_000_000))?.code).toBe('TOO_DEEP');
  });
});
