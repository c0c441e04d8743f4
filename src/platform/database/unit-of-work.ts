import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction. Every write takes one as a required argument, so none can be forgotten. */
export type Tx = EntityManager;

/** The only way to open a transaction: an effect, its audit row and its intents commit together or not at all. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction; rolls back when it throws. Nothing slow belongs inside. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(work);
  }
}
