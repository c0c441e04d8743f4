import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { identityText } from '../tokens/identity-text.js';
import { PrintSearch, printOf } from './value-print.js';

const KEY = randomBytes(32);

const found = async (value: string, text: string): Promise<string[]> =>
  (await new PrintSearch(printOf(value, KEY), KEY).passages(text)).map(({ start, end }) =>
    text.slice(start, end),
  );

const WORDS = [
  'Anna',
  'Müller',
  "O'Brien",
  'Strauß',
  'Jean-Luc',
  'Ng',
  'Иван',
  'Ελένη',
  'de',
  'Al-Masri',
  '7',
];
const name = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 });
const around = fc.constantFrom('', 'for ', 'Dr. ', '(', '"', '\n', 'a, b; ', '—', '12 ');
const spellings = [
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => text.toLowerCase(),
  (text: string) => text.replaceAll(' ', '\n  '),
  (text: string) => text.normalize('NFD'),
];

describe('the print of a value', () => {
  it('finds it wherever it stands, in any case, across any white space', async () => {
    await fc.assert(
      fc.asyncProperty(
        name,
        around,
        around,
        fc.constantFrom(...spellings),
        async (words, before, after, spell) => {
          const value = words.join(' ');
          const text = `${before}${spell(value)}${after.split('').reverse().join('')} and more`;
          const [first = ''] = await found(value, text);
          expect(first).not.toBe('');
          expect(identityText('PERSON_NAME', first)).toBe(identityText('PERSON_NAME', value));
        },
      ),
    );
  });

  it.each([
    ['Anna Müller', 'Johanna Müller and Anna Müllerová, Anna-Müller, AnnaMüller'],
    ['Rosen', 'Rosenstraße, rosens, prosen'],
    ['555-123-4567', 'the numbers 1555-123-4567 and 555-123-45678, and 555 123 4568'],
    ['2024-117', '2024-1170 and 12024-117'],
  ])('finds no other: %s in %s', async (value, text) => {
    expect(await found(value, text)).toEqual([]);
  });

  it.each([
    [
      '555-123-4567',
      'call (555) 123-4567 or 555.123.4567, not 5551234567890',
      ['555) 123-4567', '555.123.4567'],
    ],
    ['+49 170 5551234', 'at 49-170-5551234!', ['49-170-5551234']],
    ['DE89 3704 0044 0532 0130 00', 'IBAN de89370400440532013000.', ['de89370400440532013000']],
    ['john@example.com', 'From: <John@Example.com>', ['John@Example.com']],
    ['张伟', '患者张伟入院', ['张伟']],
    ['สมชาย', 'คุณสมชายมา', ['สมชาย']],
    ['Anna Müller', 'Anna\u00a0M\u00fcl\u00adler', ['Anna\u00a0M\u00fcl\u00adler']],
  ])('knows other forms of %s', async (value, text, forms) => {
    expect(await found(value, text)).toEqual(forms);
  });

  it('says nothing of the value, and nothing that another print of it says', async () => {
    const one = printOf('Anna Müller', KEY);
    const other = printOf('Anna Müller', randomBytes(32));
    expect(JSON.stringify(one)).not.toMatch(/anna|ller/i);
    expect([one.first, one.whole]).not.toEqual([other.first, other.whole]);
    expect(new Set([one.first, one.whole, other.first, other.whole]).size).toBe(4);
    const strange = new PrintSearch(one, randomBytes(32));
    expect(await strange.passages('Anna Müller')).toEqual([]);
  });
});
