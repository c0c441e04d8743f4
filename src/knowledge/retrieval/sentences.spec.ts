import { type Sentence, sentencesOf } from './sentences.js';

const split = (text: string): string[] =>
  [...sentencesOf(text)].map(({ start, end }) => text.slice(start, end));

/** Each with `|` where a sentence ends and another begins; the blank after it belongs to neither. */
const MARKED = [
  'It weighs 3.5 kg.| It costs $1,200.50 with VAT.| Ask Dr. Smith.',
  'Dr. Smith met Mrs. Jones at 5 p.m. on Main St. in Springfield.| They talked.',
  'Tools, e.g. a wrench, i.e. No. 5, are needed.| See fig. 3 for more.',
  'J. R. R. Tolkien wrote it.| So did I.| The end.',
  'The U.S. Navy came.| It left the U.S. The rest stayed.'.replace('U.S. The', 'U.S.| The'),
  'Acme Inc. sells pads.| Acme Inc. Europe does not.| It belongs to Acme Inc.| The owner is Ann.',
  'Wait... what?| No!| "Stop!" she cried.| He said "Go."| Then he left.',
  'Is it (see p. 4) true?!| Yes.| (It was so in Jan. 2019.)| It stays so.',
  'Version 2.0.1 of node.js is out.| Read https://example.com/a.b?c=d. for more.',
  'It opens at 9 a.m. Monday.| It closes at 5 p.m.| Doors lock then.',
  'Smith et al. 2019 say so.| Cats, dogs, etc.| Birds, too.',
  '你好。|世界很大！|真的吗？',
  'iPads are sold here.| iPhones are not.',
];

describe('sentences', () => {
  it.each(MARKED)('end where they should: %s', (marked) => {
    const parts = marked.split('|').map((part) => part.trim());
    expect(split(marked.replaceAll('|', ''))).toEqual(parts);
  });

  it('go on over wrapped lines, and end at blank lines, items and headings', () => {
    const text = `# Brake pads

The pads BP1087 fit the Honda Civic of 2019 and
were made for it. They come in sets of
four.

Opening hours:
Monday to Friday 9 to 5
Saturday 10 to 2

- Free delivery
- Returns within 30 days. No questions.
1. Unscrew the wheel
   and lift it.
2) Take it off.

Price: 30 EUR

Warranty
========
Two years.`;
    expect(split(text)).toEqual([
      '# Brake pads',
      'The pads BP1087 fit the Honda Civic of 2019 and\nwere made for it.',
      'They come in sets of\nfour.',
      'Opening hours:',
      'Monday to Friday 9 to 5',
      'Saturday 10 to 2',
      '- Free delivery',
      '- Returns within 30 days.',
      'No questions.',
      '1. Unscrew the wheel\n   and lift it.',
      '2) Take it off.',
      'Price: 30 EUR',
      'Warranty',
      '========',
      'Two years.',
    ]);
    const headings = [...sentencesOf(text)].filter(({ kind }) => kind === 'heading');
    expect(headings.map(({ body, end }) => text.slice(body, end))).toEqual([
      'Brake pads',
      'Opening hours:',
      'Warranty',
    ]);
    const bodies = [...sentencesOf(text)].map(({ body, end }) => text.slice(body, end));
    expect(bodies).toEqual(expect.arrayContaining(['Free delivery', 'Unscrew the wheel\n   and lift it.']));
  });

  it('of a text of one line are never a heading', () => {
    expect([...sentencesOf('Brake pads')]).toMatchObject([{ kind: 'text' }]);
    expect(split('')).toEqual([]);
    expect(split(' \n\n \n')).toEqual([]);
  });
});

/** Texts of every kind of trouble, the same in every run. */
function* texts(count: number): Generator<string, void> {
  const pieces = [
    ...[
      '.',
      '. ',
      '.. ',
      '? ',
      '! ',
      '… ',
      '\n',
      '\n\n',
      ' ',
      '\t',
      '  ',
      ', ',
      ': ',
      '"',
      '”',
      '(',
      ')',
      '- ',
      '# ',
      '1. ',
    ],
    ...[
      'Dr',
      'e.g',
      'No',
      'I',
      'U.S',
      'the',
      'The',
      'a',
      '3.5',
      '😀',
      'é',
      'e\u0301',
      '你好',
      '。',
      '| a |',
      '---',
      'word',
    ],
    ...['\ud800', '\u00a0', '\r\n', 'x'.repeat(1_100), 'Monday to Friday and Saturday too'],
  ];
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  for (let index = 0; index < count; index++)
    yield Array.from({ length: 1 + next(40) }, () => pieces[next(pieces.length)] ?? '').join('');
}

const blank = (text: string): string => text.replace(/\s+/g, '');

describe('the sentences of any text', () => {
  const check = (text: string, sentences: readonly Sentence[]): void => {
    let at = 0;
    for (const { start, end, body } of sentences) {
      expect(start).toBeGreaterThanOrEqual(at);
      expect(text.slice(at, start).trim()).toBe('');
      expect(end).toBeGreaterThan(start);
      expect(end - start).toBeLessThanOrEqual(1_000);
      expect(body >= start && body <= end).toBe(true);
      expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
      at = end;
    }
    expect(text.slice(at).trim()).toBe('');
    expect(blank(sentences.map(({ start, end }) => text.slice(start, end)).join(''))).toBe(blank(text));
  };

  it('are in order, apart, trimmed, not too long, and leave out nothing but blanks', () => {
    for (const text of texts(1_000)) check(text, [...sentencesOf(text)]);
  });

  it('cut no character in two', () => {
    for (const text of ['😀'.repeat(2_000), `a${'😀'.repeat(2_000)}`])
      for (const sentence of split(text)) expect(sentence.isWellFormed()).toBe(true);
  });

  it.each([
    ['points', '.'],
    ['points and quotes', '."'],
    ['quotes', '"'],
    ['blank lines', '\n'],
    ['short lines', 'a\n'],
    ['paragraphs before a long blank', 'a\n\n'],
    ['sentences', 'It is so. '],
    ['abbreviations', 'e.g. '],
    ['one long word', 'x'],
    ['rules', '---x'],
    ['labels', 'A: '],
  ])('take time that grows with its length: %s', (_, piece) => {
    const text = piece.repeat(300_000 / piece.length) + ' '.repeat(1_000_000);
    const since = performance.now();
    let length = 0;
    for (const { start, end } of sentencesOf(text)) length += end - start;
    expect(length).toBeLessThanOrEqual(300_000);
    expect(performance.now() - since).toBeLessThan(16_000);
  });
});
