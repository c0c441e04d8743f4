import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { ErasureKeying } from '../../crypto/index.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { ValuePrints } from '../../platform/erasure/sought-value.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import type { ErasureCounts, ErasureSubject } from './erasure.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Which erasure is carried out. */
export interface ErasureRef {
  readonly id: string;
  readonly organizationId: string;
  readonly subject: ErasureSubject;
}

/** Has everything destroyed that features have of somebody, or of a value. */
@Injectable()
export class ErasureRuns {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly keys: ErasureKeying.ErasureKeys,
    private readonly prints: ValuePrints,
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  /** Destroys, step by step; what it has come to is counted in its row. May be repeated. */
  async destroy(erasure: ErasureRef, signal: AbortSignal): Promise<void> {
    const { id, organizationId } = erasure;
    await this.go(erasure, {
      id,
      organizationId,
      isRehearsal: false,
      signal,
      note: async (kind, count, tx) => {
        if (!tx) throw new Error('what is destroyed is counted in its transaction');
        if (count > 0) await this.repository.addCount(organizationId, id, kind, count, tx);
      },
    });
  }

  /** Ends an organization that was deleted once. */
  async endOrganization(organizationId: string, signal: AbortSignal): Promise<void> {
    const run = { id: organizationId, organizationId, isRehearsal: false, signal, note: async () => {} };
    for (const each of this.contents()) await each.eraseOrganization(run);
  }

  /** What it would come to. */
  async rehearse(erasure: ErasureRef, signal: AbortSignal): Promise<ErasureCounts> {
    const counts: Record<string, number> = {};
    const held = await this.repository.countHeldProjects(erasure.organizationId, this.dataSource.manager);
    if (held > 0) counts.held_projects = held;
    await this.go(erasure, {
      id: erasure.id,
      organizationId: erasure.organizationId,
      isRehearsal: true,
      signal,
      note: async (kind, count) => {
        if (count > 0) counts[kind] = (counts[kind] ?? 0) + count;
      },
    });
    return counts;
  }

  private async go({ id, organizationId, subject }: ErasureRef, run: ErasureRun): Promise<void> {
    const contents = this.contents();
    if ('userId' in subject) {
      const person = { id: subject.userId, withAccount: subject.withAccount };
      for (const tenant of await this.tenantsOf(person, organizationId))
        for (const each of contents) await each.eraseUser(person, { ...run, organizationId: tenant });
      return;
    }
    if ('projectId' in subject) {
      for (const each of contents) await each.eraseProject(subject.projectId, run);
      return;
    }
    const key = await this.keys.keyOf(organizationId, id, this.dataSource.manager);
    const value = this.prints.seek(subject.print, key);
    for (const each of contents) await each.eraseValue(value, run);
  }

  /** Whoever loses their account loses what they have in every organization. */
  private async tenantsOf({ id, withAccount }: ErasedPerson, organizationId: string): Promise<string[]> {
    if (!withAccount) return [organizationId];
    const all = await this.repository.organizationsOf(id, this.dataSource.manager);
    return [...new Set([organizationId, ...all])];
  }

  private contents(): ErasableContents[] {
    const all = findProviders(this.discovery, ErasableContents);
    return [...all.filter(({ isLast }) => !isLast), ...all.filter(({ isLast }) => isLast)];
  }
}
