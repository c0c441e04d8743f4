import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { afterCommit, type Tx } from '../database/unit-of-work.js';
import { type ConfigName, type ConfigValues, defaultConfigs } from './config-values.js';
import { ConfigVault } from './config-vault.js';
import { type ConfigRow, ConfigsRepository } from './configs.repository.js';

/** How long values are used before they are read again, in milliseconds, from the moment the reading began. */
const FRESH_MS = 900;

interface Snapshot {
  readonly values: ConfigValues;
  readonly readAt: number;
}

/**
 * What administrators configure while the instance runs. Every process reads it once a second at most, and sees a change
 * within a second; the process that made it, at once.
 */
@Injectable()
export class Configs {
  private readonly defaults: ConfigValues;
  private snapshot: Snapshot | undefined;
  private reading: Promise<Snapshot> | undefined;

  constructor(
    private readonly repository: ConfigsRepository,
    private readonly vault: ConfigVault,
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.defaults = defaultConfigs(settings);
  }

  /** A value as it was at most a second ago. While the database is away, the last one that was read goes on. */
  async get<Name extends ConfigName>(name: Name): Promise<ConfigValues[Name]> {
    return (await this.current())[name];
  }

  /** All values as a transaction sees them. */
  async read(db: Tx): Promise<ConfigValues> {
    const stored: Record<string, unknown> = {};
    for (const row of await this.repository.list(db)) stored[row.name] = await this.valueOf(row, db);
    return { ...this.defaults, ...stored };
  }

  /** Lets this process see a change as soon as it has committed. */
  forgetAfter(tx: Tx): void {
    afterCommit(tx, () => {
      this.snapshot = undefined;
      this.reading = undefined;
    });
  }

  private async current(): Promise<ConfigValues> {
    const known = this.snapshot;
    if (known && performance.now() - known.readAt < FRESH_MS) return known.values;
    try {
      return (await this.refresh()).values;
    } catch (error) {
      if (known) return known.values;
      throw error;
    }
  }

  /** Requests of the same moment share one reading. What a change overtook is not kept. */
  private refresh(): Promise<Snapshot> {
    if (this.reading) return this.reading;
    const readAt = performance.now();
    const reading = this.read(this.dataSource.manager).then((values) => ({ values, readAt }));
    this.reading = reading;
    const settle = (snapshot?: Snapshot): void => {
      if (this.reading !== reading) return;
      this.reading = undefined;
      if (snapshot) this.snapshot = snapshot;
    };
    reading.then(settle, () => settle());
    return reading;
  }

  private async valueOf({ name, value, valueSealed }: ConfigRow, db: Tx): Promise<unknown> {
    return valueSealed ? this.vault.open(name, valueSealed, db) : value;
  }
}
