import fc from 'fast-check';
import { parse } from 'yaml';
import { formatOf } from './format-of.js';
import { parseVariables } from './parse-variables.js';
import { anyVariables } from './testing/any-variables.js';
import { VARIABLE_FORMATS, type Variable } from './variable-format.js';
import { writeVariables } from './write-variables.js';

const pairsOf = (variables: readonly Variable[]) =>
  variables.map(({ key, value }): [string, string] => [key, value]);
const sorted = (variables: readonly Variable[]) =>
  pairsOf(variables).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));

describe('what is exported', () => {
  it.each(VARIABLE_FORMATS)('as %s is imported identically, or refused by name', (format) => {
    const header = fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 });
    fc.assert(
      fc.property(anyVariables(8), header, (variables, lines) => {
        const options = { header: lines, name: 'production' };
        const { text: whole, refused } = writeVariables(variables, format, options);
        const names = new Set(refused.map(({ key }) => key));
        const carried = variables.filter(({ key }) => !names.has(key));
        const { text } = writeVariables(carried, format, options);
        const read = parseVariables(text, format);
        expect(refused.length === 0 || whole === '').toBe(true);
        expect(pairsOf(read.variables)).toEqual(sorted(carried));
        expect([read.refused, read.duplicates]).toEqual([[], []]);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['json', 'yaml', 'kubernetes'] as const)('as %s never refuses a value', (format) => {
    fc.assert(
      fc.property(anyVariables(8), (variables) => {
        expect(writeVariables(variables, format, { header: [], name: 'x' }).refused).toEqual([]);
      }),
    );
  });

  it('as YAML is what another reading of YAML makes of it, booleans of YAML 1.1 and all', () => {
    const odd = [
      'yes',
      'No',
      'ON',
      'null',
      '~',
      '0x1F',
      '1e3',
      '0080',
      '2026-11-28',
      '12:30:45',
      '.inf',
      '=',
      '<<',
      '',
    ];
    const variables = ['y', 'NO', 'on', 'NULL', ...odd.keys()].map((key, index) => ({
      key: typeof key === 'number' ? `K${key}` : key,
      value: odd[index % odd.length] ?? '',
    }));
    const { text } = writeVariables(variables, 'yaml', { header: [], name: 'x' });
    const expected = Object.fromEntries(pairsOf(variables));
    for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual(expected);
  });

  it.each(['json', 'yaml', 'kubernetes', 'shell'] as const)(
    'as %s is recognised by its file name',
    (format) => {
      const { text } = writeVariables([{ key: 'A', value: 'b' }], format, { header: ['x'], name: 'x' });
      const name = { json: 'a.json', yaml: 'a.yaml', kubernetes: 'a.yml', shell: 'a.sh' }[format];
      expect(formatOf(name, text)).toBe(format);
    },
  );
});
