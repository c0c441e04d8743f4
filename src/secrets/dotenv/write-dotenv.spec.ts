// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what looks like an expansion is a value here
import { processorTime } from '../../platform/testing/processor-time.js';
import { writeDotenv } from './write-dotenv.js';

const lineOf = (value: string) => writeDotenv([{ key: 'K', value }]).text;

describe('the quoting of a value', () => {
  it.each<[string, string]>([
    ['', 'K='],
    [
      'postgresql://user:pass@host:5432/db?sslmode=require',
      'K=postgresql://user:pass@host:5432/db?sslmode=require',
    ],
    ['a b', "K='a b'"],
    ['a#b', "K='a#b'"],
    ['pa$$w0rd', "K='pa$$w0rd'"],
    ['$(id)`id`$A', "K='$(id)`id`$A'"],
    ['{"a": 1}', `K='{"a": 1}'`],
    ['a\nb\n', "K='a\nb\n'"],
    ['~/x', "K='~/x'"],
    ["it's", `K="it's"`],
    ["it's 5 $", `K="it's 5 $"`],
  ])('%j', (value, line) => {
    expect(lineOf(value)).toBe(`${line}\n`);
  });

  it.each<[string, string]>([
    ['a\r\nb', 'VALUE_HAS_CARRIAGE_RETURN'],
    ['a${b}', 'VALUE_HAS_EXPANSION'],
    ['a${b c:-d}', 'VALUE_HAS_EXPANSION'],
    ['${a:-${b:c}', 'VALUE_HAS_EXPANSION'],
    ['{"a": "it\'s"}', 'VALUE_HAS_NO_COMMON_QUOTING'],
    ["it's $HOME", 'VALUE_HAS_NO_COMMON_QUOTING'],
    ['\\\\server\\share', 'VALUE_HAS_NO_COMMON_QUOTING'],
    ['dir\\', 'VALUE_HAS_NO_COMMON_QUOTING'],
  ])('%j is refused by name: %s', (value, reason) => {
    const variables = [
      { key: 'OK', value: 'x' },
      { key: 'K', value },
    ];
    const { text, refused } = writeDotenv(variables);
    expect([text, refused.map((one) => [one.key, one.reason])]).toEqual(['', [['K', reason]]]);
    expect(JSON.stringify(refused)).not.toContain(JSON.stringify(value).slice(1, -1));
  });

  it.each(['${', '${a', 'a}', '${a:b}', '${a:b:-c}', '$}{'])(
    '%j, which nobody expands, is carried',
    (value) => {
      expect(lineOf(value)).toBe(`K='${value}'\n`);
    },
  );

  it('is found in linear time', () => {
    const spent = processorTime();
    for (const part of ['${', "'$", '\\', "'\\", "'${:", '${a:-']) lineOf(part.repeat(65_536 / part.length));
    expect(spent()).toBeLessThan(1_000);
  });
});

it('a header stays a comment', () => {
  const { text } = writeDotenv([{ key: 'A', value: '1' }], ['x\nB=2\r\nC=3\u2028D=4\u0085E=5', '', ' y ']);
  expect(text).toBe('# x B=2 C=3 D=4 E=5\n#\n#  y\nA=1\n');
});

it('a name that npm dotenv loses is refused', () => {
  expect(writeDotenv([{ key: '__proto__', value: '1' }]).refused).toMatchObject([
    { reason: 'KEY_NOT_CARRIED' },
  ]);
});
