import { MOST_EVENT, SseFormatError, SseReader } from './sse-reader.js';

const readAll = (pieces: readonly Uint8Array[]): string[] => {
  const reader = new SseReader();
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
};
const read = (text: string): string[] => readAll([Buffer.from(text)]);

describe('SseReader', () => {
  it.each([
    ['data: a\n\n', ['a']],
    ['data:a\n\ndata:  b\n\n', ['a', ' b']],
    ['data: a\r\n\r\ndata: b\r\rdata: c\n\n', ['a', 'b', 'c']],
    ['data: a\ndata: b\n\n', ['a\nb']],
    ['data\n\n', ['']],
    [': note\nevent: x\nid: 1\nretry: 3\ndata: a\n\n', ['a']],
    ['event: ping\n\n\n\n', []],
    ['database: a\n\n', []],
    ['\uFEFFdata: a\n\n', ['a']],
    ['data: {"a":1}\n\ndata: [DONE]\n\n', ['{"a":1}', '[DONE]']],
    ['data: no empty line', ['no empty line']],
    ['data: a\n', ['a']],
    ['', []],
  ])('reads %j', (text, events) => expect(read(text)).toEqual(events));

  it('reads the same whatever the cuts, within characters and line ends too', () => {
    const text = ': hi\r\n\r\ndata: {"x":"Zoë 🦊"}\r\n\r\ndata: b\rdata: c\r\rdata: d\n\ndata: [DONE]\n\n';
    const bytes = Buffer.from(text);
    const expected = ['{"x":"Zoë 🦊"}', 'b\nc', 'd', '[DONE]'];
    expect(read(text)).toEqual(expected);
    expect(readAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
    for (let first = 0; first <= bytes.length; first++)
      for (let second = first; second <= bytes.length; second += 3)
        expect(
          readAll([bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)]),
        ).toEqual(expected);
  });

  it('refuses an event that has no end', () => {
    const reader = new SseReader();
    const piece = Buffer.alloc(MOST_EVENT / 4 + 1, 'x');
    reader.push(Buffer.from('data: '));
    expect(() => {
      for (let count = 0; count < 5; count++) reader.push(piece);
    }).toThrow(SseFormatError);
    const lines = new SseReader();
    expect(() => {
      for (let count = 0; count < 5; count++)
        lines.push(Buffer.concat([Buffer.from('data: '), piece, Buffer.from('\n')]));
    }).toThrow(SseFormatError);
  });
});
