import type { JobStatus } from '../../platform/queue/job.js';
import type { DocumentProgress } from './redaction.js';
import { RedactionStory } from './redaction-story.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

const document = (position: number, status: JobStatus, began?: number, ended?: number): DocumentProgress => ({
  position,
  documentId: `doc_${position}`,
  status,
  errorCode: null,
  errorPage: null,
  redactions: null,
  originalSize: 1,
  redactedSize: null,
  redactedFileId: null,
  startedAt: began === undefined ? null : at(began),
  finishedAt: ended === undefined ? null : at(ended),
});

const told = (story: RedactionStory, documents: readonly DocumentProgress[]): string[] =>
  [...story.tell(documents)].map((news) =>
    news.name === 'progress' ? `${news.processed}/${news.total}` : `${news.name} ${news.document.position}`,
  );

describe('the story of a redaction', () => {
  it('tells each thing once, however often it is looked at', () => {
    const story = new RedactionStory(2);
    expect(told(story, [document(0, 'running', 1)])).toEqual(['document_begun 0']);
    expect(told(story, [document(0, 'running', 1)])).toEqual([]);
    const done = document(0, 'completed', 1, 3);
    expect(told(story, [done, document(1, 'running', 2)])).toEqual([
      'document_ended 0',
      '1/2',
      'document_begun 1',
    ]);
    expect(story.since).toEqual(at(3));
    expect(told(story, [done, document(1, 'failed', 2, 4)])).toEqual(['document_ended 1', '2/2']);
  });

  it('tells all of it to who comes late', () => {
    const story = new RedactionStory(3);
    expect(told(story, [document(1, 'failed', 1, 2), document(0, 'completed', 1, 3)])).toEqual([
      ...['document_begun 1', 'document_ended 1', '1/3'],
      ...['document_begun 0', 'document_ended 0', '2/3'],
    ]);
  });

  it('knows no beginning of what was cancelled before it began', () => {
    expect(told(new RedactionStory(1), [document(0, 'cancelled', undefined, 2)])).toEqual([
      'document_ended 0',
      '1/1',
    ]);
  });

  it('tells anew of a document that is redacted again', () => {
    const story = new RedactionStory(1);
    told(story, [document(0, 'failed', 1, 2)]);
    expect(told(story, [document(0, 'running', 5)])).toEqual(['document_begun 0']);
    expect(told(story, [document(0, 'completed', 5, 6)])).toEqual(['document_ended 0', '1/1']);
  });
});
