import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { LOGGER } from '../telemetry/logger.js';
import { LostTasksRepository } from './lost-tasks.repository.js';
import { checkRedis } from './redis-check.js';
import { TaskRegistry } from './task-registry.js';

/** What must be right before a worker takes its first task. */
@Injectable()
export class StartCheck {
  constructor(
    private readonly registry: TaskRegistry,
    private readonly lost: LostTasksRepository,
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Loads the handlers, looks at Redis, and reports stored tasks that nobody here can do: they stay queued.
   * @throws StartError when handlers and definitions do not match, or Redis cannot be used
   */
  async run(): Promise<void> {
    this.registry.load();
    const { REDIS_URL } = this.settings;
    if (REDIS_URL) await checkRedis(REDIS_URL, this.logger);
    const unknown = await this.lost.listUnknownKinds(this.registry.kinds, this.dataSource.manager);
    for (const { kind, tasks } of unknown) {
      this.logger.warn({ message: 'tasks of a kind this worker does not know stay queued', kind, tasks });
    }
  }
}
