import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { LedgerStore } from '../../platform/storage/ledger-store.js';
import { CheckpointFile } from './checkpoint-file.js';

const RECORD = 'checkpoints/instance';

/** The newest checkpoint of the instance where a restored database does not take it along. */
@Injectable()
export class OutsideCheckpoints {
  private readonly file: CheckpointFile | undefined;

  constructor(
    private readonly ledger: LedgerStore,
    @Inject(SETTINGS) settings: Settings,
  ) {
    const { REDOUBT_CHECKPOINT_FILE } = settings;
    this.file = REDOUBT_CHECKPOINT_FILE ? new CheckpointFile(REDOUBT_CHECKPOINT_FILE) : undefined;
  }

  /** @param note a checkpoint that is committed: what lies outside is never ahead of the database */
  async keep(note: string): Promise<void> {
    await this.ledger.put(RECORD, Buffer.from(note));
    await this.file?.write(note);
  }

  /** Keeps a checkpoint that was given up beside the one that takes its place. @param name lower-case hexadecimal */
  async keepGivenUp(note: string, name: string): Promise<void> {
    await this.ledger.put(`checkpoints/given_up_${name}`, Buffer.from(note));
  }

  /** What is kept, each with the place where it lies; equal ones once. */
  async read(): Promise<{ readonly place: string; readonly note: string }[]> {
    const record = await this.ledger.get(RECORD);
    const inFile = await this.file?.read();
    const kept = [];
    if (record) kept.push({ place: `the ledger's record ${RECORD}`, note: record.toString() });
    if (this.file && inFile !== undefined && inFile !== record?.toString())
      kept.push({ place: `the file ${this.file.path}`, note: inFile });
    return kept;
  }
}
