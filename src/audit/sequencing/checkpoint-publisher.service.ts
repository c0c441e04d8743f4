import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LogSigner } from '../trees/log-signer.service.js';
import { rangeOf } from '../trees/tree.js';
import { TreesRepository } from '../trees/trees.repository.js';
import { OutsideCheckpoints } from './outside-checkpoints.service.js';

/** Puts the checkpoint of the instance outside of the database, as it is committed there. It stands for all logs. */
@Injectable()
export class CheckpointPublisher {
  private published = -1;

  constructor(
    private readonly trees: TreesRepository,
    private readonly signer: LogSigner,
    private readonly outside: OutsideCheckpoints,
    private readonly dataSource: DataSource,
  ) {}

  /** Does nothing when this process put the newest one there already. @throws what storage or database say */
  async publish(): Promise<void> {
    const db = this.dataSource.manager;
    const tree = await this.trees.find(null, db);
    if (!tree || tree.size === this.published) return;
    const head = { size: tree.size, root: rangeOf(tree).root() };
    await this.outside.keep(await this.signer.checkpoint('instance', head, db));
    this.published = tree.size;
  }
}
