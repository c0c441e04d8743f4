import { Detector, findAll } from '../../detector.js';

const detector = new Detector({ minScore: 0.4, types: new Set(['PERSON', 'LOCATION']) });
const foundInKey = (text: string): string[] =>
  findAll(detector, { text, labels: [], isKey: true }).map(({ start, end }) => text.slice(start, end));

describe('names in keys', () => {
  it.each([
    ...['Ward', 'Floor', 'Nurse', 'Judge', 'Lane', 'Degree', 'Diagnosis', 'Currency', 'Firma', 'Anrede'],
    ...['Blood Pressure', 'Marital Status', 'Length of Stay'],
  ])('%s is a heading', (text) => {
    expect(foundInKey(text)).toEqual([]);
  });

  it.each(['Maria Garcia', 'Alice', 'Müller'])('%s is a name', (text) => {
    expect(foundInKey(text)).toEqual([text]);
  });
});
