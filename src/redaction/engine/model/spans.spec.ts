import { JsonReader } from './json-reader.js';
import { readLabels } from './label-scheme.js';
import { spansOf } from './spans.js';

const labelsOf = (...names: string[]) =>
  readLabels(
    JsonReader.parse(JSON.stringify({ id2label: Object.fromEntries(names.entries()) }), 'config.json'),
  );

/** Words of one letter and a blank each, or, from `#`, of several tokens. */
function judged(names: readonly string[], said: readonly string[]) {
  const labels = labelsOf(...names);
  let word = -1;
  const tokens = said.map((label, at) => {
    if (!label.startsWith('#')) word++;
    return { id: at, start: at * 2, end: at * 2 + 1, word };
  });
  const probabilities = new Float32Array(said.length * names.length);
  said.forEach((label, at) => {
    const id = names.indexOf(label.replace('#', ''));
    probabilities.fill(0.1 / (names.length - 1), at * names.length, (at + 1) * names.length);
    probabilities[at * names.length + id] = 0.9;
  });
  return spansOf(tokens, probabilities, labels).map(({ type, start, end }) => `${type} ${start}-${end}`);
}

describe('spans of labelled tokens', () => {
  const IOB = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-MISC'];

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['begin and go on', IOB, ['O', 'B-PER', 'I-PER', 'O', 'B-LOC'], ['PERSON 2-5', 'LOCATION 8-9']],
    ['stand beside each other', IOB, ['B-PER', 'B-PER'], ['PERSON 0-1', 'PERSON 2-3']],
    ['change their type', IOB, ['B-PER', 'I-LOC'], ['PERSON 0-1', 'LOCATION 2-3']],
    ['begin with I, as in IOB1', IOB, ['I-PER', 'I-PER', 'O', 'I-PER'], ['PERSON 0-3', 'PERSON 6-7']],
    ['are of a type nobody looks for', IOB, ['B-MISC', 'B-PER'], ['PERSON 2-3']],
    [
      'end, as in BILOU',
      ['O', 'B-PER', 'I-PER', 'L-PER', 'U-PER'],
      ['B-PER', 'I-PER', 'L-PER', 'I-PER', 'U-PER', 'U-PER'],
      ['PERSON 0-5', 'PERSON 6-7', 'PERSON 8-9', 'PERSON 10-11'],
    ],
    [
      'have no scheme',
      ['O', 'PERSON', 'GPE'],
      ['PERSON', 'PERSON', 'O', 'GPE'],
      ['PERSON 0-3', 'LOCATION 6-7'],
    ],
    ['have words of several tokens', IOB, ['B-PER', '#I-PER', 'I-PER'], ['PERSON 0-5']],
    ['are outvoted within a word', IOB, ['O', '#O', '#B-PER', 'B-LOC'], ['LOCATION 6-7']],
  ])('that %s', (_, names, said, expected) => {
    expect(judged(names, said)).toEqual(expected);
  });
});
