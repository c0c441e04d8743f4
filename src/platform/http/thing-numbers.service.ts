import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { findProviders } from '../providers/find-providers.js';
import { TenantDirectory } from './tenant-directory.js';

/** The whole numbers by which KeyNest's clients know things that the core knows by ids. */
@Injectable()
export class ThingNumbers {
  private directories: readonly TenantDirectory[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  /** By id, of things of whatever kind; those without a number are left out. Asks nobody whether they may know. */
  async numbersOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (const directory of this.known()) {
      const own = [...new Set(ids.filter((id) => id.startsWith(`${directory.prefix}_`)))];
      if (own.length === 0) continue;
      for (const [id, number] of await directory.numbersOf(own, this.dataSource.manager))
        found.set(id, number);
    }
    return found;
  }

  private known(): readonly TenantDirectory[] {
    this.directories ??= findProviders(this.discovery, TenantDirectory);
    return this.directories;
  }
}
