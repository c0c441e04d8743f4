import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction. Every write takes one as a required argument, so none can be forgotten. */
export type Tx = EntityManager;

const afterCommits = new WeakMap<Tx, (() => void)[]>();

/**
 * Runs `effect` once the transaction has committed, and never when it rolls back: for what a rollback could not take
 * back, such as counting. Nothing that may fail. Known for transactions of {@link UnitOfWork} alone.
 */
export function afterCommit(tx: Tx, effect: () => void): void {
  const effects = afterCommits.get(tx);
  if (effects) effects.push(effect);
}

const beforeAnswers = new WeakMap<Tx, (() => Promise<void>)[]>();

/**
 * The same for what whoever asked is to wait for: {@link UnitOfWork.run} answers once it is over. Must not throw, since what was
 * committed stays; a process that dies in between never does it.
 */
export function beforeAnswer(tx: Tx, effect: () => Promise<void>): void {
  beforeAnswers.get(tx)?.push(effect);
}

/** The only way to open a transaction: an effect, its audit row and its intents commit together or not at all. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction; rolls back when it throws. Nothing slow belongs inside. */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const effects: (() => void)[] = [];
    const awaited: (() => Promise<void>)[] = [];
    const result = await this.dataSource.transaction((tx) => {
      afterCommits.set(tx, effects);
      beforeAnswers.set(tx, awaited);
      return work(tx);
    });
    for (const effect of effects) effect();
    await Promise.all(awaited.map((effect) => effect()));
    return result;
  }
}
