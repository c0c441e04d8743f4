import { edgesOf } from './address-edges.js';

/** The stretch between `[` and `]`, after its edges were looked for. */
function edged(marked: string): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const text = marked.replace('[', '').replace(']', '');
  const edges = edgesOf(text, start, end);
  return text.slice(edges.start, edges.end);
}

describe('the edges of an address', () => {
  it.each([
    ['Meet me at the corner of [Mill Lane and Abbey Road], please', 'the corner of Mill Lane and Abbey Road'],
    ['Corner of [Mill Lane & Abbey Road]', 'Corner of Mill Lane & Abbey Road'],
    ['the corner of [Mill Lane]', 'Mill Lane'],
    ['a scorner of [Mill Lane and Abbey Road]', 'Mill Lane and Abbey Road'],
  ])('take in the words that say that streets meet: %s', (text, address) => {
    expect(edged(text)).toBe(address);
  });

  it.each([
    ['[4 Mill Lane\nLeeds\n020 7946 0018] mobile', '4 Mill Lane\nLeeds'],
    ['[4 Mill Lane\nLeeds\n020 79]46 0018 mobile', '4 Mill Lane\nLeeds'],
    ['[4 Mill Lane\nSpringfield\n62701-1234]', '4 Mill Lane\nSpringfield\n62701-1234'],
    ['[4 Mill Lane\n62701 Springfield]', '4 Mill Lane\n62701 Springfield'],
    ['[4 Mill Lane]\n020 7946 0018', '4 Mill Lane'],
  ])('leave out a telephone number on a line of its own: %j', (text, address) => {
    expect(edged(text)).toBe(address);
  });

  it.each([
    ['[4 Mill Lane\nSpringfield]\n, IL\n 62701', '4 Mill Lane\nSpringfield\n, IL\n 62701'],
    ['[Lindenweg 4]\n10115\nnext', 'Lindenweg 4\n10115'],
    ['[Lindenweg 4]\n10115 Berlin', 'Lindenweg 4\n10115'],
    ['[Lindenweg 4]\n1011523', 'Lindenweg 4'],
    ['[Lindenweg 4]\nNotes\n10115', 'Lindenweg 4'],
  ])('take in the postcode below: %j', (text, address) => {
    expect(edged(text)).toBe(address);
  });

  it('are found in no time, whatever follows', () => {
    const long = `4 Mill Lane${' ,\t'.repeat(100_000)}\n${'1 '.repeat(100_000)}`;
    expect(edgesOf(long, 0, 11)).toEqual({ start: 0, end: 11 });
  });
});
