import { runToEnd } from '../cooperation.js';
import type { Finding } from '../finding.js';
import { RepeatedValues } from './repeated-values.js';

const NAME = 'Zebulon Quackenbush';
const TEXT = `Ask ${NAME}, then go.`;

function finding(text: string, part: string, type = 'PERSON'): Finding {
  const start = text.indexOf(part);
  const explanation = { recognizer: 'names', rule: 'tagger', baseScore: 0.8 };
  return { type, start, end: start + part.length, score: 0.8, explanation };
}

function completed(text: string, findings: readonly Finding[], allowed = ''): string[] {
  const values = new RepeatedValues((written) => written === allowed);
  values.note(NAME, finding(NAME, NAME));
  return runToEnd(values.complete(text, findings)).map(
    ({ type, start, end }) => `${type} ${text.slice(start, end)}`,
  );
}

describe('values that stand again', () => {
  it.each(['Zebulon', 'Quackenbush'])('are one where only %s was found of them', (part) => {
    expect(completed(TEXT, [finding(TEXT, part)])).toEqual([`PERSON ${NAME}`]);
  });

  it('are one where each word was found by itself', () => {
    const words = [finding(TEXT, 'Zebulon'), finding(TEXT, 'Quackenbush')];
    expect(completed(TEXT, words)).toEqual([`PERSON ${NAME}`]);
  });

  it('leave what is of another type, or longer than they, as it was', () => {
    expect(completed(TEXT, [finding(TEXT, 'Zebulon', 'LOCATION')])).toEqual([
      'LOCATION Zebulon',
      'PERSON Quackenbush',
    ]);
    expect(completed(TEXT, [finding(TEXT, 'Quackenbush, then')])).toEqual([
      'PERSON Zebulon',
      'PERSON Quackenbush, then',
    ]);
  });

  it('take nothing away where they are allowed', () => {
    expect(completed(TEXT, [finding(TEXT, 'Quackenbush')], NAME)).toEqual(['PERSON Quackenbush']);
  });
});
