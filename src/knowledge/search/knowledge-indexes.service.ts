import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import type { KnowledgeBaseRef } from '../bases/knowledge-base.js';
import type { KnowledgeHead } from '../documents/knowledge-changes.repository.js';
import { IndexLoader } from './index-loader.service.js';
import { KnowledgeIndex } from './knowledge-index.js';

const MIB = 1024 ** 2;

interface Held {
  readonly index: KnowledgeIndex;
  /** Whoever brings the index up to date waits for whoever did before. */
  turn: Promise<void>;
}

/**
 * The indexes that this process holds, those least lately used given up first. Every search asks the database for the
 * revision, so that processes never disagree for longer than one request takes.
 */
@Injectable()
export class KnowledgeIndexes {
  /** In the order of their last use. */
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly loader: IndexLoader,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'REDOUBT_KNOWLEDGE_MEMORY'>,
  ) {}

  /**
   * Asks indexes that are at least as new as what the database has said.
   * @param heads of knowledge bases, as they were read for this search
   * @param ask must not wait for anything: the index changes between its turns
   * @throws StaleText
   */
  async ask<T>(
    organizationId: string,
    heads: readonly KnowledgeHead[],
    ask: (index: KnowledgeIndex, head: KnowledgeHead) => T,
  ): Promise<T[]> {
    const answers: T[] = [];
    for (const head of heads) {
      const ref = { organizationId, knowledgeBaseId: head.id };
      answers.push(await this.askOne(ref, head.revision, (index) => ask(index, head)));
    }
    return answers;
  }

  /** Memory that the indexes take, in bytes. */
  get bytes(): number {
    return [...this.held.values()].reduce((sum, { index }) => sum + index.estimatedBytes, 0);
  }

  private async askOne<T>(
    ref: KnowledgeBaseRef,
    revision: number,
    ask: (index: KnowledgeIndex) => T,
  ): Promise<T> {
    const held = this.use(ref.knowledgeBaseId);
    const before = held.turn;
    let answer: { readonly value: T } | undefined;
    const turn = before.then(async () => {
      await this.loader.catchUp(ref, held.index, revision);
      answer = { value: ask(held.index) };
    });
    held.turn = turn.catch(() => this.giveUp(ref.knowledgeBaseId, held));
    await turn;
    this.makeRoom();
    if (!answer) throw new Error('an index was not asked');
    return answer.value;
  }

  private use(knowledgeBaseId: string): Held {
    const held = this.held.get(knowledgeBaseId) ?? { index: new KnowledgeIndex(), turn: Promise.resolve() };
    this.held.delete(knowledgeBaseId);
    this.held.set(knowledgeBaseId, held);
    return held;
  }

  /** What failed half-way may hold half a document. */
  private giveUp(knowledgeBaseId: string, held: Held): void {
    if (this.held.get(knowledgeBaseId) === held) this.held.delete(knowledgeBaseId);
  }

  /** The one that was used last stays, however large it is. */
  private makeRoom(): void {
    let bytes = this.bytes;
    for (const [id, { index }] of this.held) {
      if (bytes <= this.settings.REDOUBT_KNOWLEDGE_MEMORY * MIB || this.held.size === 1) return;
      bytes -= index.estimatedBytes;
      this.held.delete(id);
    }
  }
}
