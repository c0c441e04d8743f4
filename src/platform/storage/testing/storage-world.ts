import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { TestDatabase } from '../../database/testing/test-database.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { LocalObjectStore } from '../local.object-store.js';
import { LooseObjectsRepository } from '../loose-objects.repository.js';
import { LooseObjects } from '../loose-objects.service.js';
import { LooseObjectsSweeper } from '../loose-objects.sweeper.js';
import type { ObjectStore } from '../object-store.js';

/** A row of the ledger. */
export interface LooseRow {
  readonly key: string;
  readonly doomed: boolean;
  readonly alive: boolean;
}

/** Objects in a folder and their ledger in a real database, without the rest of Redoubt. */
export class StorageWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'redoubt-storage-'));
  readonly store: ObjectStore = new LocalObjectStore(this.folder);
  readonly repository = new LooseObjectsRepository();
  readonly unitOfWork: UnitOfWork;
  private readonly processes: LooseObjects[] = [];

  private constructor(readonly database: TestDatabase) {
    this.unitOfWork = new UnitOfWork(database.dataSource);
  }

  static async start(): Promise<StorageWorld> {
    return new StorageWorld(await TestDatabase.start([]));
  }

  /** The ledger as one process has it. */
  looseObjects(renewMs?: number, store = this.store): LooseObjects {
    const silent = pino({ level: 'silent' });
    const process = new LooseObjects(this.repository, this.unitOfWork, store, silent, renewMs);
    this.processes.push(process);
    return process;
  }

  sweeper(store = this.store): LooseObjectsSweeper {
    return new LooseObjectsSweeper(this.unitOfWork, this.repository, store);
  }

  /** Lets every lease, and every wait of a sweep, lapse. */
  async lapse(): Promise<void> {
    await this.database.dataSource.query("UPDATE loose_objects SET expires_at = now() - interval '1 second'");
  }

  ledger(): Promise<LooseRow[]> {
    return this.database.dataSource.query(
      'SELECT object_key AS key, doomed, expires_at > now() AS alive FROM loose_objects ORDER BY 1',
    );
  }

  /** Names of the files in the folder. */
  objects(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  }

  async empty(): Promise<void> {
    await this.database.dataSource.query('DELETE FROM loose_objects');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    for (const process of this.processes) process.onApplicationShutdown();
    await this.database.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
