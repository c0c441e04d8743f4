import { fileNameOf, formatOf, mediaTypeOf } from './format-of.js';
import { VARIABLE_FORMATS, type VariableFormat } from './variable-format.js';
import { writeVariables } from './write-variables.js';

const HEADER = ['Environment: production\nkind: ConfigMap'];
const written = (format: VariableFormat, values: Record<string, string>) =>
  writeVariables(
    Object.entries(values).map(([key, value]) => ({ key, value })),
    format,
    { header: HEADER, name: 'My Shop / Prod!' },
  );

describe('an export', () => {
  it.each<[VariableFormat, string]>([
    ['dotenv', "# Environment: production kind: ConfigMap\nA='x y'\nB=http://u:p@h/db?a=b\nC='1\n2'\na=\n"],
    ['json', '{\n  "A": "x y",\n  "B": "http://u:p@h/db?a=b",\n  "C": "1\\n2",\n  "a": ""\n}\n'],
    [
      'yaml',
      '# Environment: production kind: ConfigMap\nA: "x y"\nB: "http://u:p@h/db?a=b"\nC: |-\n  1\n  2\na: ""\n',
    ],
    [
      'kubernetes',
      '# Environment: production kind: ConfigMap\napiVersion: v1\nkind: Secret\nmetadata:\n  name: "my-shop-prod"\ntype: Opaque\ndata:\n  "A": "eCB5"\n  "B": "aHR0cDovL3U6cEBoL2RiP2E9Yg=="\n  "C": "MQoy"\n  "a": ""\n',
    ],
    [
      'shell',
      "# Environment: production kind: ConfigMap\nexport A='x y'\nexport B='http://u:p@h/db?a=b'\nexport C='1\n2'\nexport a=''\n",
    ],
  ])('as %s, sorted', (format, text) => {
    expect(written(format, { a: '', C: '1\n2', B: 'http://u:p@h/db?a=b', A: 'x y' })).toEqual({
      text,
      refused: [],
    });
  });

  it('as docker, values as they are', () => {
    expect(written('docker', { B: '"x" # y ', A: '' }).text).toBe(
      '# Environment: production kind: ConfigMap\nA=\nB="x" # y \n',
    );
  });

  it.each<[VariableFormat, Record<string, string>, string, string]>([
    ['docker', { A: 'x\ny' }, 'A', 'VALUE_HAS_LINES'],
    ['docker', { A: 'x\r' }, 'A', 'VALUE_HAS_LINES'],
    ['docker', { A: 'x'.repeat(65_534) }, 'A', 'VALUE_TOO_LONG'],
    ['shell', { UID: '0' }, 'UID', 'KEY_KEPT_BY_SHELL'],
    ['kubernetes', { ['K'.repeat(254)]: 'x' }, 'K'.repeat(254), 'KEY_TOO_LONG'],
    [
      'kubernetes',
      Object.fromEntries(
        Array.from({ length: 17 }, (_, index) => [`K${String(index).padStart(2, '0')}`, 'x'.repeat(65_536)]),
      ),
      'K16',
      'SECRET_TOO_LARGE',
    ],
  ])('as %s names what it cannot carry', (format, values, key, reason) => {
    const { text, refused } = written(format, { ...values, OK: '' });
    expect([text, refused[0]]).toMatchObject(['', { key, reason }]);
  });

  it.each([
    ['', 'environment'],
    ['ÜBER prod', 'uber-prod'],
    ['-x-', 'x'],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('names a Secret of %j', (name, label) => {
    const { text } = writeVariables([], 'kubernetes', { header: [], name });
    expect(text).toContain(`name: "${label}"\n`);
  });

  it('has a name and a media type in each format', () => {
    expect(VARIABLE_FORMATS.map((format) => fileNameOf(format, 'My prod'))).toEqual([
      'My-prod.env',
      'My-prod.json',
      'My-prod.yaml',
      'My-prod.secret.yaml',
      'My-prod.env.list',
      'My-prod.sh',
    ]);
    expect(VARIABLE_FORMATS.map(mediaTypeOf).every((type) => /^\w+\/[\w-]+; charset=utf-8$/.test(type))).toBe(
      true,
    );
    for (const format of VARIABLE_FORMATS) {
      const { text } = written(format, { A: 'b' });
      expect(formatOf(fileNameOf(format, 'x'), text)).toBe(format);
    }
  });

  it.each<[string | undefined, string, VariableFormat]>([
    ['.env', '', 'dotenv'],
    ['.env.local', '{', 'dotenv'],
    ['config/prod.env', '', 'dotenv'],
    [undefined, '\ufeff {"A": 1}', 'json'],
    [undefined, 'A=1', 'dotenv'],
    [undefined, '# x\nA: b\n', 'yaml'],
    [undefined, '#!/bin/sh\nA=1', 'shell'],
    ['upload.txt', 'data:\n  A: eA==\nkind: Secret\napiVersion: v1\n', 'kubernetes'],
    ['a.json', '{"apiVersion":"v1","kind":"Secret"}', 'kubernetes'],
    ['a.yml', 'KIND: Secret', 'yaml'],
  ])('%j with %j is %s', (name, text, format) => {
    expect(formatOf(name, text)).toBe(format);
  });
});
