import { growthOf } from '../../../../platform/testing/processor-time.js';
import { Detector, findAll } from '../../detector.js';
import { scoreOfLikelihood } from './entity-scores.js';

const TYPES = new Set(['PERSON', 'LOCATION', 'ADDRESS', 'ORGANIZATION', 'NRP', 'TITLE']);
const found = (text: string, minScore = 0.4): string[] =>
  findAll(new Detector({ minScore, types: TYPES }), { text, labels: [] }).map(
    ({ type, start, end }) => `${type} ${text.slice(start, end)}`,
  );

describe('names of all kinds', () => {
  it.each([
    [
      'Please send it to Maria Keller, 14 Linden Street, Springfield, IL 62704.',
      'ADDRESS',
      '14 Linden Street',
    ],
    ['Wir wohnen jetzt in der Lindenstraße 14, 67655 Kaiserslautern.', 'ADDRESS', 'Lindenstraße 14'],
    ['She moved to Norway last year.', 'LOCATION', 'Norway'],
    ['My postcode is 67655.', 'ADDRESS', '67655'],
    ['He works for Northgate Logistics Ltd in Leeds.', 'ORGANIZATION', 'Northgate Logistics Ltd'],
    ['Two Danish sailors were on board.', 'NRP', 'Danish'],
    ['Dear Mrs. Keller,', 'TITLE', 'Mrs.'],
  ])('in %j', (text, type, value) => {
    expect(found(text).some((one) => one.startsWith(`${type} `) && one.includes(value))).toBe(true);
  });

  it('are the same in a long text as alone', () => {
    const sentence = 'Yesterday Maria Keller met Jonas Brandt in Kaiserslautern.';
    const alone = found(sentence);
    expect(alone).toContain('PERSON Maria Keller');
    const filler = 'the pump was checked and left as it was, and nothing else took place.\n\n';
    const long = `${filler.repeat(700)}${sentence}\n\n${filler.repeat(700)}`;
    expect(found(long)).toEqual(alone);
  });

  it('take time in proportion to the text, capitals or not', () => {
    for (const piece of ['Anna Lee, ', 'nothing at all here ', 'A1 B2 ', 'McAAA', '12 ']) {
      const search = (times: number) => () => void found(piece.repeat(times));
      expect(growthOf(search(400), search(3_200), 20)).toBeLessThan(24);
    }
  });

  it.each([
    'const palette: Palette = paletteOf(theme);',
    'Math.max(a, b) as Chunk[]; readonly (spot: Spot)',
    'The index is what Lucene calls a segment: dataDir holds it.',
    "this.name = 'SettingsError';",
    'name: user.fullName, level: READ',
  ])('are not those of programs: %j', (text) => {
    expect(found(text).filter((one) => one.startsWith('PERSON') && !one.endsWith('Lucene'))).toEqual([]);
  });

  it.each(['Rainfall', 'Nobody', 'Leaves', 'Stir'])('are not in %s behind a long number', (word) => {
    const text = `Her card is 4463 6869 7108 3454. ${word} was expected, and the card of 1997 is 9111 8463.`;
    const all = new Detector({ minScore: 0.4 });
    expect(findAll(all, { text, labels: [] }).filter(({ type }) => type === 'ADDRESS')).toEqual([]);
  });

  it('are those of people who are written like words of programs', () => {
    expect(found('We asked McAllister and then DeVito about it.')).toEqual([
      'PERSON McAllister',
      'PERSON DeVito',
    ]);
    expect(found('my boss is daniel')).toEqual(['PERSON daniel']);
  });

  it('have a score that grows with their likelihood', () => {
    const scores = [0, 0.05, 0.15, 0.5, 0.9, 1].map(scoreOfLikelihood);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(scores[2]).toBe(0.4);
    expect(scores.at(-1)).toBe(0.95);
  });
});
