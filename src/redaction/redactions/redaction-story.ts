import { isFinal } from '../../platform/queue/job.js';
import type { DocumentProgress } from './redaction.js';

/** What happens to one document, and how far the redaction is. */
export type DocumentNews =
  | { readonly name: 'document_begun' | 'document_ended'; readonly document: DocumentProgress }
  | { readonly name: 'progress'; readonly processed: number; readonly total: number };

/** What has been told of a redaction: whoever looks at its documents again and again tells each thing once. */
export class RedactionStory {
  /** When the last beginning was that was told, by position. */
  private readonly begun = new Map<number, number>();
  /** When the end was that was told, by position; without those that began again. */
  private readonly ended = new Map<number, number>();
  private latest: Date | undefined;

  constructor(private readonly total: number) {}

  /** The latest end that was seen: earlier ones need not be looked at again. */
  get since(): Date | undefined {
    return this.latest;
  }

  /** @param documents that run or have ended, in the order in which that happened */
  *tell(documents: readonly DocumentProgress[]): Generator<DocumentNews> {
    for (const document of documents) {
      if (isFinal(document.status)) yield* this.tellEnd(document);
      else yield* this.tellBeginning(document);
    }
  }

  private *tellBeginning(document: DocumentProgress): Generator<DocumentNews> {
    const { position, startedAt } = document;
    const at = startedAt?.getTime();
    if (at === undefined || this.begun.get(position) === at) return;
    this.begun.set(position, at);
    this.ended.delete(position);
    yield { name: 'document_begun', document };
  }

  private *tellEnd(document: DocumentProgress): Generator<DocumentNews> {
    const { position, finishedAt } = document;
    const at = finishedAt?.getTime() ?? 0;
    if (this.ended.get(position) === at) return;
    yield* this.tellBeginning(document);
    this.ended.set(position, at);
    if (finishedAt && (!this.latest || finishedAt > this.latest)) this.latest = finishedAt;
    yield { name: 'document_ended', document };
    yield { name: 'progress', processed: this.ended.size, total: this.total };
  }
}
