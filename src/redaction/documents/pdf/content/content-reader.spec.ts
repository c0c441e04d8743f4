import { type InlineImage, type Operand, readContent } from './content-reader.js';
import { nameOf, stringBytes } from './content-strings.js';

function read(text: string): [string, readonly Operand[]][] {
  const operations: [string, readonly Operand[]][] = [];
  readContent(text, (operator, operands) => operations.push([operator, operands]));
  return operations;
}

const number = (raw: string): Operand => ({ kind: 'number', raw });
const string = (raw: string): Operand => ({ kind: 'string', raw });

describe('reading content', () => {
  it('gives operators with their operands', () => {
    expect(read('q 1 0 0 1 72 -.5 cm/F1 12 Tf[(a)-20<6 2>]TJ Q')).toEqual([
      ['q', []],
      ['cm', ['1', '0', '0', '1', '72', '-.5'].map(number)],
      ['Tf', [{ kind: 'name', raw: '/F1' }, number('12')]],
      ['TJ', [{ kind: 'array', items: [string('(a)'), number('-20'), string('<62>')] }]],
      ['Q', []],
    ]);
  });

  it('passes over comments, but not within strings', () => {
    expect(read('(100%) Tj % Tj (secret)\n T*')).toEqual([
      ['Tj', [string('(100%)')]],
      ['T*', []],
    ]);
  });

  it('keeps brackets and escapes within strings', () => {
    expect(read('(a(b)\\)c) Tj')).toEqual([['Tj', [string('(a(b)\\)c)')]]]);
  });

  it('takes an image in the content as a whole, though its bytes look like operators', () => {
    const images: (InlineImage | undefined)[] = [];
    readContent('q BI /W 2/H 1 ID \u0001 EI\u0002(\u00ff\nEI Q', (operator, _, image) => {
      if (operator === 'BI') images.push(image);
    });
    expect(images).toEqual([
      {
        entries: [{ kind: 'name', raw: '/W' }, number('2'), { kind: 'name', raw: '/H' }, number('1')],
        data: '\u0001 EI\u0002(\u00ff',
      },
    ]);
  });

  it.each([['(open Tj'], ['<41 Tj'], ['[(a) TJ'], ['BI /W 1 ID xx']])(
    'refuses what never ends: %s',
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: 'DOCUMENT_DAMAGED' }));
    },
  );

  it('refuses arrays in arrays without end', () => {
    expect(() => read('['.repeat(1000))).toThrow(expect.objectContaining({ code: 'DOCUMENT_TOO_COMPLEX' }));
  });
});

describe('strings and names', () => {
  it.each([
    ['(plain)', 'plain'],
    ['(a\\(b\\)\\\\)', 'a(b)\\'],
    ['(\\101\\7x\\\nz)', 'A\u0007xz'],
    ['(line\r\nend)', 'line\nend'],
    ['<414>', 'A@'],
  ])('%j says %j', (raw, bytes) => {
    expect(stringBytes(raw)).toBe(bytes);
  });

  it('undoes the numbers of a name', () => {
    expect(nameOf('/A#20B#2f')).toBe('A B/');
  });
});
