import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { VERSION } from '../config/product.js';
import type { HealthDto, ReadinessChecksDto } from './health.dto.js';
import { RedisProbe } from './redis.probe.js';

/** A probe waits no longer for the database. */
const PROBE_MS = 2_000;

@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly redis: RedisProbe,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async check(): Promise<ReadinessChecksDto> {
    const [database, redis] = await Promise.all([this.reachesDatabase(), this.redis.answers()]);
    return {
      database: database ? 'ok' : 'failed',
      process: this.stopping ? 'stopping' : 'ok',
      ...(redis !== undefined && { redis: redis ? 'ok' : 'failed' }),
    };
  }

  async health(): Promise<HealthDto> {
    const { database } = await this.check();
    return { status: database === 'ok' ? 'healthy' : 'unhealthy', service: 'Redoubt', version: VERSION };
  }

  private async reachesDatabase(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PROBE_MS);
    });
    const probe = this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    return Promise.race([probe, late]).finally(() => clearTimeout(timer));
  }
}
