import { isStopWord } from './stop-words.js';
import { TermReader } from './terms.js';
import { wordsOf } from './words.js';

const words = (text: string): string[] => [...wordsOf(text)].map((word) => word.text);
const terms = (text: string): string[] => [...new TermReader().termsOf(text)].map(({ term }) => term);

describe('words', () => {
  it.each([
    ['Don’t send e-mails, Dr. O’Hara!', ['Don’t', 'send', 'e-mails', 'Dr', 'O’Hara']],
    ['3.5 kg, 1,200 of them, v2.0 in 2019.', ['3.5', 'kg', '1,200', 'of', 'them', 'v2', '0', 'in', '2019']],
    ['state-of-the-art BP1087_x', ['state', 'of', 'the', 'art', 'BP1087', 'x']],
    ['Größe naïve cafe\u0301 Ελλάδα', ['Größe', 'naïve', 'cafe\u0301', 'Ελλάδα']],
    ['東京タワー is 塔', ['東京', '京タ', 'タワ', 'ワー', 'is', '塔']],
    ['東京Tower', ['東京', 'Tower']],
    ['😀 ... -- ', []],
  ])('of %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('stand where they say', () => {
    const text = '😀 Zoë’s e-mail — 東京タワー, 1,200 × 3.5 𝒳𝒴 ok';
    const found = [...wordsOf(text)];
    expect(found.length).toBeGreaterThan(8);
    for (const word of found) expect(text.slice(word.start, word.end)).toBe(word.text);
  });

  it('are found in time that grows with the text', () => {
    for (const piece of ["a'", '1,', 'a-', '東', 'e\u0301', '. ']) {
      const since = performance.now();
      let count = 0;
      for (const word of wordsOf(piece.repeat(200_000))) count += word.end > word.start ? 1 : 0;
      expect(count).toBeLessThanOrEqual(200_000);
      expect(performance.now() - since).toBeLessThan(16_000);
    }
  });
});

describe('terms', () => {
  it('are the same for forms of one word', () => {
    expect(terms("Connections connected; connecting the CONNECT's connect")).toEqual(
      Array.from({ length: 5 }, () => 'connect'),
    );
    expect(terms('Zoë ZOË zoe’s ZOE')).toEqual(['zoe', 'zoe', 'zoe', 'zoe']);
    expect(terms('1,200 1200 Straße STRASSE ﬁle file e-mail email')).toEqual([
      '1200',
      '1200',
      'strass',
      'strass',
      'file',
      'file',
      'email',
      'email',
    ]);
  });

  it('leave out what says nothing, and know where they stand', () => {
    const text = "It's not what they'd have: the brake pads of a Civic.";
    expect([...new TermReader().termsOf(text)].map(({ start, end }) => text.slice(start, end))).toEqual([
      'brake',
      'pads',
      'Civic',
    ]);
    expect(isStopWord('the')).toBe(true);
    expect(isStopWord('brake')).toBe(false);
  });
});
