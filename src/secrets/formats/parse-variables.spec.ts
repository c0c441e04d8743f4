// biome-ignore-all lint/suspicious/noTemplateCurlyInString: nothing is expanded here
import { processorTime } from '../../platform/testing/processor-time.js';
import { parseVariables } from './parse-variables.js';
import type { VariableFormat } from './variable-format.js';

function read(format: VariableFormat, text: string) {
  const { variables, duplicates, refused } = parseVariables(text, format);
  return {
    values: Object.fromEntries(variables.map(({ key, value }) => [key, value])),
    refused: refused.map(({ key, line, reason }) => [key, line, reason]),
    duplicates: duplicates.map(({ key, line }) => [key, line]),
  };
}

const SECRET = (body: string) => `apiVersion: v1\nkind: Secret\n${body}`;

describe('files of variables', () => {
  it.each<[VariableFormat, string, Record<string, string>]>([
    ['dotenv', 'A=1\nB="x\ny" # z', { A: '1', B: 'x\ny' }],
    [
      'json',
      '{"A": "a\\nb", "B": 1.0, "C": true, "D": 12345678901234567890, "__proto__": "p", "E": ""}',
      { A: 'a\nb', B: '1.0', C: 'true', D: '12345678901234567890', ['__proto__']: 'p', E: '' },
    ],
    [
      'json',
      '\ufeff[{"key": "A", "note": [1, {"key": "x"}], "value": "a"}, {"value": 2, "key": "B"}]',
      { A: 'a', B: '2' },
    ],
    [
      'yaml',
      'A: 0080\nB: yes\nC: "x"\nD: |\n  a\n  b\nE: 1.0\nG: \'\'\n',
      { A: '0080', B: 'yes', C: 'x', D: 'a\nb\n', E: '1.0', G: '' },
    ],
    ['yaml', '# nothing\n', {}],
    ['yaml', '{A: x, "B": y}', { A: 'x', B: 'y' }],
    ['kubernetes', SECRET('data:\n  A: w6k=\n  B: ""\nstringData:\n  C: x\n'), { A: 'é', B: '', C: 'x' }],
    ['kubernetes', '{"apiVersion": "v1", "kind": "Secret", "data": {"A": "eA=="}}', { A: 'x' }],
    ['docker', '\ufeff# x\n  A="1" # 2 \nB=\n\n C=a=b\r\n', { A: '"1" # 2 ', B: '', C: 'a=b' }],
    [
      'shell',
      "#!/bin/sh\nexport A='it'\\''s'\nB=x\\ y; C=\"a\\$b\\\"\\c\" # z\ndeclare -x D=$'a\\n\\x41\\101\\u00e9'\nexport E=1 F='x\ny'\r\nG=\nH=a#b\n",
      { A: "it's", B: 'x y', C: 'a$b"\\c', D: 'a\nAAé', E: '1', F: 'x\ny', G: '', H: 'a#b' },
    ],
    [
      'shell',
      'export A="a\\\nb" B=\\\nx C=$ D="$" E=a~b F=\'$(id) `id` $A\'',
      { A: 'ab', B: 'x', C: '$', D: '$', E: 'a~b', F: '$(id) `id` $A' },
    ],
  ])('%s %j', (format, text, values) => {
    expect(read(format, text)).toEqual({ values, refused: [], duplicates: [] });
  });

  it.each<[VariableFormat, string, unknown[]]>([
    [
      'dotenv',
      'A.b=1\n1A=2\nC',
      [
        ['A.b', 1, 'KEY_INVALID'],
        ['1A', 2, 'KEY_INVALID'],
        [null, 3, 'NO_ASSIGNMENT'],
      ],
    ],
    ['dotenv', `${'A'.repeat(256)}=1`, [[null, 1, 'KEY_TOO_LONG']]],
    ['dotenv', `A=${'é'.repeat(32_769)}`, [['A', 1, 'VALUE_TOO_LARGE']]],
    [
      'json',
      '{"A": null,\n"B": [],\n"C": {"x": "}"}, "a b": "x"}',
      [
        ['A', 1, 'VALUE_IS_NULL'],
        ['B', 2, 'VALUE_NOT_TEXT'],
        ['C', 3, 'VALUE_NOT_TEXT'],
        ['a b', 3, 'KEY_INVALID'],
      ],
    ],
    ['json', '{"A": "x\\u0000"}', [['A', 1, 'VALUE_HAS_NUL']]],
    ['json', '{"A": "\\ud800"}', [['A', 1, 'VALUE_NOT_TEXT']]],
    ['json', '{"A": 1,\n\n}', [[null, 3, 'SYNTAX']]],
    ['json', '"x"', [[null, null, 'SHAPE_UNKNOWN']]],
    [
      'json',
      '[{"key": "A"},\n"x"]',
      [
        [null, 1, 'SHAPE_UNKNOWN'],
        [null, 2, 'SHAPE_UNKNOWN'],
      ],
    ],
    [
      'yaml',
      'A:\nB: ~\nC: [x]\nD: {a: b}\n? [x]\n: y',
      [
        [null, null, 'KEY_INVALID'],
        ['A', 1, 'VALUE_IS_NULL'],
        ['B', 2, 'VALUE_IS_NULL'],
        ['C', 3, 'VALUE_NOT_TEXT'],
        ['D', 4, 'VALUE_NOT_TEXT'],
      ],
    ],
    ['yaml', 'A: x\nB: &a x', [[null, 2, 'YAML_FEATURE_REFUSED']]],
    ['yaml', 'A: *a', [[null, 1, 'YAML_FEATURE_REFUSED']]],
    ['yaml', 'A: !!binary eA==', [[null, 1, 'YAML_FEATURE_REFUSED']]],
    ['yaml', `A: ${'['.repeat(200)}`, [[null, 1, 'YAML_TOO_LARGE']]],
    ['yaml', 'A: "x', [[null, 1, 'SYNTAX']]],
    ['yaml', '- A\n', [[null, null, 'SHAPE_UNKNOWN']]],
    ['yaml', 'A: x\n---\nB: y\n', [[null, null, 'SHAPE_UNKNOWN']]],
    [
      'kubernetes',
      SECRET('data:\n  A: "?"\n  B: /w==\n  tls.crt: eA==\n'),
      [
        ['A', 4, 'VALUE_NOT_BASE64'],
        ['B', 5, 'VALUE_NOT_TEXT'],
        ['tls.crt', 6, 'KEY_INVALID'],
      ],
    ],
    ['kubernetes', 'kind: ConfigMap\ndata: {}\n', [[null, null, 'SHAPE_UNKNOWN']]],
    ['kubernetes', '', [[null, null, 'SHAPE_UNKNOWN']]],
    [
      'docker',
      'A\nA B=1\n=x',
      [
        [null, 1, 'NO_ASSIGNMENT'],
        [null, 2, 'NO_ASSIGNMENT'],
        [null, 3, 'NO_ASSIGNMENT'],
      ],
    ],
    ...[
      '$X',
      '${X}',
      '"$X"',
      '"${X:-y}"',
      '$(id)',
      '"$(id)"',
      '`id`',
      '"`id`"',
      '$((1))',
      '~',
      '~root',
      'a:~',
      '$"x"',
      'a|b',
      'a>b',
      'a&b',
      '(a b)',
      '{a,b}',
      "$'a'$X",
    ].map((word): [VariableFormat, string, unknown[]] => [
      'shell',
      `OK=1\nexport A=${word}\n`,
      [['A', 2, 'NOT_LITERAL']],
    ]),
    ['shell', "A='x", [['A', 1, 'QUOTE_UNTERMINATED']]],
    ['shell', "A=$'\\xff'", [['A', 1, 'VALUE_NOT_TEXT']]],
    ['shell', "A=$'a\\0'", [['A', 1, 'VALUE_HAS_NUL']]],
    [
      'shell',
      'rm -rf /\nA=1 rm\nexport A\n; A=1\nA+=1',
      [1, 2, 3, 4, 5].map((line) => [null, line, 'NO_ASSIGNMENT']),
    ],
  ])('%s refuses in %j', (format, text, refused) => {
    expect(read(format, text).refused).toEqual(refused);
  });

  it.each<[VariableFormat, string, number | null]>([
    ['dotenv', 'A=1\nB=2\nA=3', 1],
    ['json', '{"A": "1",\n"B": "2",\n"A": "3"}', 1],
    ['yaml', 'A: 1\nB: 2\nA: 3', 1],
    ['kubernetes', SECRET('stringData:\n  A: "3"\n  B: "2"\ndata:\n  A: MQ==\n'), 7],
    ['docker', 'A=1\nB=2\nA=3', 1],
    ['shell', 'A=1\nB=2\nA=3', 1],
  ])('%s: the last of a name wins, the others are told', (format, text, line) => {
    expect(read(format, text)).toEqual({
      values: { A: '3', B: '2' },
      refused: [],
      duplicates: [['A', line]],
    });
  });

  it('no message holds a value', () => {
    const texts: [VariableFormat, string][] = [
      ['dotenv', 'A="hunter2'],
      ['json', '{"A": "hunter2'],
      ['json', '{"A": {"x": "hunter2"}}'],
      ['yaml', 'A: "hunter2'],
      ['yaml', 'A: &hunter2 x'],
      ['kubernetes', SECRET('data: {A: hunter2}')],
      ['docker', 'hunter2'],
      ['shell', 'A=$hunter2'],
      ['shell', 'hunter2 hunter2'],
      ['json', '{"A": "hunter2\\u0000"}'],
    ];
    for (const [format, text] of texts) {
      const { refused } = parseVariables(text, format);
      expect([text, refused.length, JSON.stringify(refused).includes('hunter2')]).toEqual([text, 1, false]);
    }
  });

  it('a script in one line is read in linear time', () => {
    const spent = processorTime();
    for (const part of ['A=b ', 'A=b;', "A='\n", 'A="$x" ']) parseVariables(part.repeat(100_000), 'shell');
    expect(spent()).toBeLessThan(4_000);
  });
});
