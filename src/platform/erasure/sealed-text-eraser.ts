import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Sealer } from '../audit/audit.writer.js';
import { TimeSlice } from '../cooperation/time-slice.js';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { findProviders } from '../providers/find-providers.js';
import { ErasableContents, type ErasureRun } from './erasable-contents.js';
import { erasedJson, erasedText } from './erased-text.js';
import { type SealedTextColumn, SealedTexts } from './sealed-texts.js';
import { type SealedTextRow, SealedTextsRepository } from './sealed-texts.repository.js';
import type { SoughtValue } from './sought-value.js';

/** Rows that are read at a time. */
const AT_A_TIME = 100;

/**
 * Goes through all columns that features have named, opens each value, and writes back what is left of it where the sought
 * value stands. A row is written in a transaction of its own, which opens it again.
 */
@Injectable()
export class SealedTextEraser extends ErasableContents {
  constructor(
    private readonly repository: SealedTextsRepository,
    private readonly discovery: DiscoveryService,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseValue(value: SoughtValue, run: ErasureRun): Promise<void> {
    for (const { columns } of findProviders(this.discovery, SealedTexts))
      for (const column of columns) await this.eraseIn(column, value, run);
  }

  private async eraseIn(column: SealedTextColumn, value: SoughtValue, run: ErasureRun): Promise<void> {
    const { organizationId, signal, isRehearsal } = run;
    const db = this.dataSource.manager;
    const slice = new TimeSlice();
    for (let after = ''; ; ) {
      const rows = await this.repository.list(column, organizationId, after, AT_A_TIME, db);
      for (const row of rows) {
        signal.throwIfAborted();
        await slice.pause();
        if ((await this.leftOf(column, row, value, run, db)) === undefined) continue;
        if (isRehearsal) await run.note(column.kind, 1);
        else await this.unitOfWork.run((tx) => this.erase(column, row.key, value, run, tx));
      }
      const last = rows.at(-1);
      if (!last || rows.length < AT_A_TIME) return;
      after = last.key;
    }
  }

  private async erase(
    column: SealedTextColumn,
    key: string,
    value: SoughtValue,
    run: ErasureRun,
    tx: Tx,
  ): Promise<void> {
    const { organizationId } = run;
    const row = await this.repository.lock(column, organizationId, key, tx);
    const left = row && (await this.leftOf(column, row, value, run, tx));
    if (!row || left === undefined) return;
    if (column.effect === 'blank') {
      const sealed = await this.sealer.seal(this.placeOf(column, row, run), left, tx);
      await this.repository.replace(column, organizationId, key, sealed, tx);
    } else if (column.effect === 'remove') await this.repository.remove(column, organizationId, key, tx);
    else await this.repository.delete(column, organizationId, key, tx);
    await run.note(column.kind, 1, tx);
  }

  /** What is left of a value; undefined when the sought one does not stand in it. */
  private async leftOf(
    column: SealedTextColumn,
    row: SealedTextRow,
    value: SoughtValue,
    run: ErasureRun,
    db: Tx,
  ): Promise<Buffer | undefined> {
    const text = await this.opened(column, row, run, db);
    if (text === undefined) return undefined;
    const left =
      column.format === 'text'
        ? await erasedText(text, value)
        : asJson(await erasedJson(JSON.parse(text), value));
    return left === undefined ? undefined : Buffer.from(left);
  }

  /** Undefined for what was changed or moved in the database: nobody reads a value in it any more. */
  private async opened(
    column: SealedTextColumn,
    row: SealedTextRow,
    run: ErasureRun,
    db: Tx,
  ): Promise<string | undefined> {
    try {
      return (await this.sealer.open(this.placeOf(column, row, run), row.sealed, db)).toString('utf8');
    } catch (error) {
      if (error instanceof Error && error.name === 'OpenError') return undefined;
      throw error;
    }
  }

  private placeOf({ table }: SealedTextColumn, { id, version }: SealedTextRow, run: ErasureRun) {
    return { organizationId: run.organizationId, table, id, version };
  }
}

const asJson = (left: unknown): string | undefined => (left === undefined ? undefined : JSON.stringify(left));
