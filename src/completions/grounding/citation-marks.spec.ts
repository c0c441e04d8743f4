import type { FoundPassage } from '../../knowledge/index.js';
import { CitationMarks } from './citation-marks.js';

const passage = (documentId: string): FoundPassage => ({
  ...{ documentId, knowledgeBaseId: 'kb_a', filename: 'a.md', text: 'Pads fit.', start: 4, end: 13 },
  ...{ page: 2, lastPage: 2, headings: [], context: '', score: 1 },
});
const PASSAGES = ['doc_a', 'doc_b', 'doc_c'].map(passage);
const ANSWER = 'They fit [2]. Others do not [1, 3] nor [9]; [x] and [2 are none.';

const read = (pieces: readonly string[]): string[] => {
  const marks = new CitationMarks(PASSAGES);
  for (const piece of pieces) marks.read(piece);
  return marks.citations.map(({ index, document_id }) => `${index} ${document_id}`);
};

describe('marks of sources in an answer', () => {
  it('name the sources that are there, however the answer is cut', () => {
    const all = ['1 doc_a', '2 doc_b', '3 doc_c'];
    expect(read([ANSWER])).toEqual(all);
    for (let first = 0; first <= ANSWER.length; first++)
      for (let second = first; second <= ANSWER.length; second++)
        expect(read([ANSWER.slice(0, first), ANSWER.slice(first, second), ANSWER.slice(second)])).toEqual(
          all,
        );
  });

  it('name nothing that the answer does not', () => {
    expect(read(['No [4], no 1, no [12], no [ 1.'])).toEqual([]);
  });

  it('give the place of a source with its text', () => {
    const marks = new CitationMarks(PASSAGES);
    marks.read('[1]');
    expect(marks.citations).toEqual([
      {
        ...{ index: 1, document_id: 'doc_a', knowledge_base_id: 'kb_a', filename: 'a.md', page: 2 },
        ...{ start: 4, end: 13, text: 'Pads fit.' },
      },
    ]);
  });
});
