// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what looks like an expansion is a value here
import fc from 'fast-check';
import { refusalOf } from '../../variable.policy.js';
import type { Variable } from '../variable-format.js';

/** Everything that means something to one reader or another, and letters that do so behind a backslash. */
const NASTY = [
  '\'"`\\$',
  '{}()[]#=:;,&|<>*?~!%^@+-_./',
  ' \t\n\r',
  'abefnrtvuxXUcA01',
  'é€😀\u00a0\u2028\u0085\ufeff\x01\x7f',
]
  .flatMap((characters) => [...characters])
  .flatMap((character) =>
    '\'"\\$ \n'.includes(character) ? [character, character, character] : [character],
  );

const PIECES = [
  ...[
    '${HOME}',
    '${HOME:-x}',
    '${K1}',
    '$HOME',
    '$(id)',
    '`id`',
    '$((1+1))',
    "$'x'",
    '\\n',
    '\\\\',
    "\\'",
    '\\"',
    '\\$',
    '\\`',
  ],
  ...[
    ' # x',
    '#',
    "'",
    '"',
    '"""',
    "'''",
    '\n',
    '\r\n',
    '\nK1=x\n',
    '\nexport K2=y',
    '# comment',
    'export ',
    '=',
    ': ',
    '%s',
    '\0',
  ],
  ...[
    'C:\\dir\\new',
    '$2b$10$abc./',
    'postgresql://user:pass@host:5432/db?a=b&c=d',
    '{"a": "it\'s"}',
    '-----BEGIN KEY-----\nMIIB==\n',
  ],
];

const nasty = (maxLength: number) =>
  fc.array(fc.constantFrom(...NASTY), { maxLength }).map((list) => list.join(''));

/** Values that readers take apart in one way or another, beside ordinary ones. */
export const anyValue: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: nasty(12) },
    { weight: 1, arbitrary: nasty(80) },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.oneof(fc.constantFrom(...PIECES), nasty(2)), { maxLength: 6 })
        .map((list) => list.join('')),
    },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 2, arbitrary: fc.oneof(fc.webUrl(), fc.json(), fc.base64String(), fc.lorem()) },
  )
  .filter((value) => refusalOf('KEY', value) === undefined);

/** Variables with different names. */
export const anyVariables = (maxLength: number): fc.Arbitrary<Variable[]> =>
  fc.uniqueArray(fc.record({ key: fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/), value: anyValue }), {
    maxLength,
    selector: ({ key }) => key,
  });

/** @returns variables `K0`, `K1`, … the same ones for the same seed */
export const variablesOf = (count: number, seed: number): Variable[] =>
  fc.sample(anyValue, { numRuns: count, seed }).map((value, index) => ({ key: `K${index}`, value }));

const between = (open: string, close: string) => nasty(6).map((content) => `${open}${content}${close}`);
const SHELL_WORDS = [
  between("'", "'"),
  between('"', '"'),
  between("$'", "'"),
  fc.constantFrom('\\x41', '\\101', '\\u00e9'),
];

/** @returns lines that assign to `KEY`, in notations of shells and in what only looks like them */
export const shellLinesOf = (count: number, seed: number): string[] => {
  const word = fc.array(fc.oneof(nasty(6), ...SHELL_WORDS), { maxLength: 4 }).map((parts) => parts.join(''));
  const before = fc.constantFrom('export KEY=', 'KEY=', ' declare -x KEY=');
  const behind = fc.constantFrom('', ' ', ';', ' # x', '#x');
  const line = fc.tuple(before, word, behind).map((parts) => parts.join(''));
  // Line ends of two characters are lines' ends to us, but not to shells.
  return fc.sample(
    line.filter((text) => !text.includes('\r\n')),
    { numRuns: count, seed },
  );
};
