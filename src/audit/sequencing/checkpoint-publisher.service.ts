import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ParsedCheckpoint } from '../log/checkpoint.js';
import { LogSigner } from '../trees/log-signer.service.js';
import { rangeOf } from '../trees/tree.js';
import { TreesRepository } from '../trees/trees.repository.js';
import { InstanceHistory } from './instance-history.service.js';
import { OutsideCheckpoints } from './outside-checkpoints.service.js';

/** Puts the checkpoint of the instance outside of the database, as it is committed there. It stands for all logs. */
@Injectable()
export class CheckpointPublisher {
  private published = -1;

  constructor(
    private readonly trees: TreesRepository,
    private readonly signer: LogSigner,
    private readonly history: InstanceHistory,
    private readonly outside: OutsideCheckpoints,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Takes the place of what lies outside by a checkpoint that goes on from it, and never by another.
   * @returns whether the log may state anything: false where it was set apart, or where it is to be looked at
   * @throws what storage or database say
   */
  async publish(): Promise<boolean> {
    const tree = await this.trees.find(null, this.dataSource.manager);
    if (!tree || tree.isQuarantined) return false;
    return tree.size === this.published || this.put(await this.history.kept());
  }

  /** The same, where somebody gave up what lies outside. */
  async publishAnew(): Promise<boolean> {
    return this.put([]);
  }

  private async put(kept: readonly ParsedCheckpoint[]): Promise<boolean> {
    const db = this.dataSource.manager;
    const tree = await this.trees.find(null, db);
    if (!tree || tree.isQuarantined || (await this.history.faultOf(tree, kept, db))) return false;
    const head = { size: tree.size, root: rangeOf(tree).root() };
    await this.outside.keep(await this.signer.checkpoint('instance', head, db));
    this.published = tree.size;
    return true;
  }
}
