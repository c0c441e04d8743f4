import { Detector, findAll } from '../detector.js';

const detector = new Detector({ minScore: 0.4, types: new Set(['AGE']) });
const agesIn = (text: string, labels: readonly string[] = []): string[] =>
  findAll(detector, { text, labels }).map(({ start, end }) => text.slice(start, end));

describe('ages', () => {
  it.each([
    ['a 52-year-old carpenter', '52'],
    ['She is 7 years old.', '7'],
    ['the 33 yr old driver', '33'],
    ['41 y/o, lives alone', '41'],
    ['41yo male', '41'],
    ['Age: 63', '63'],
    ['aged 18 and over', '18'],
    ['he turned 90 in May', '90'],
    ['ein 45-jähriger Mann', '45'],
    ['Er ist 45 Jahre alt.', '45'],
    ['une femme de 45 ans', '45'],
    ['tiene 45 años', '45'],
    ['ha 45 anni', '45'],
    ['hij is 45 jaar oud', '45'],
    ['tem 45 anos', '45'],
    ['ma 45 lat', '45'],
  ])('are found in: %s', (text, age) => {
    expect(agesIn(text)).toEqual([age]);
  });

  it.each([
    'built 45 years ago',
    '3 days old',
    'page 45 of 90',
    'a 150-year-old oak',
    'image: 45',
    'version 12 yields more',
    'a 30-year mortgage',
  ])('are no other numbers: %s', (text) => {
    expect(agesIn(text)).toEqual([]);
  });

  it('are found under their label', () => {
    expect(agesIn('45', ['age'])).toEqual(['45']);
    expect(agesIn('45', ['weight'])).toEqual([]);
  });
});
