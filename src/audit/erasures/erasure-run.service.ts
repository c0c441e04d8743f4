import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { ErasureKeying } from '../../crypto/index.js';
import type { DeletingActor } from '../../platform/erasure/document-search.js';
import {
  ErasableContents,
  type ErasedPerson,
  type ErasureRun,
} from '../../platform/erasure/erasable-contents.js';
import { type SoughtValue, ValuePrints } from '../../platform/erasure/sought-value.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import type { DocumentReport } from './document-report.js';
import { DocumentSearches } from './document-searches.service.js';
import type { ErasedValue, ErasureCounts, ErasureSubject } from './erasure.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Which erasure is carried out. */
export interface ErasureRef {
  readonly id: string;
  readonly organizationId: string;
  readonly subject: ErasureSubject;
}

/** What an erasure would come to. */
export interface ErasureRehearsal {
  readonly counts: ErasureCounts;
  /** Of a value: as far as there was time to look into documents. */
  readonly documentReport: DocumentReport | null;
}

/** Has everything destroyed that features have of somebody, or of a value. */
@Injectable()
export class ErasureRuns {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly keys: ErasureKeying.ErasureKeys,
    private readonly prints: ValuePrints,
    private readonly documents: DocumentSearches,
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

  /**
   * Looks into the files of documents for a value, from where the search was left; nothing for other subjects. May take hours.
   * @throws AppError STORAGE_UNAVAILABLE; the signal's reason
   */
  async searchDocuments(erasure: ErasureRef, by: DeletingActor, signal: AbortSignal): Promise<void> {
    const { subject, ...ref } = erasure;
    if (!('print' in subject)) return;
    const value = await this.soughtOf(ref, subject);
    await this.documents.run({ ...ref, action: subject.documents, by }, value, signal);
  }

  /**
   * What a start does about documents, which must be fast: those are deleted again that the erasure deleted before the database was
   * restored. To look into all others is left to the workers.
   * @param isRestored the database knew nothing of the erasure; then only deletions are done again, and no report is made anew
   * @returns whether anything is left
   */
  async prepareDocuments(
    erasure: ErasureRef,
    isRestored: boolean,
    by: DeletingActor,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { subject, ...ref } = erasure;
    if (!('print' in subject)) return false;
    const { documents: action } = subject;
    if (action === 'keep' && isRestored) return false;
    if (action === 'delete') await this.documents.deleteKnown({ ...ref, action, by }, signal);
    return this.documents.begin({ ...ref, action, by });
  }

  /** Ends an organization that was deleted once. */
  async endOrganization(organizationId: string, signal: AbortSignal): Promise<void> {
    const run = { id: organizationId, organizationId, isRehearsal: false, signal, note: async () => {} };
    for (const each of this.contents()) await each.eraseOrganization(run);
  }

  /** What it would come to. */
  async rehearse(erasure: ErasureRef, signal: AbortSignal): Promise<ErasureRehearsal> {
    const counts: Record<string, number> = {};
    const note = (kind: string, count = 1): void => {
      if (count > 0) counts[kind] = (counts[kind] ?? 0) + count;
    };
    const held = await this.repository.countHeldProjects(erasure.organizationId, this.dataSource.manager);
    if (held > 0) counts.held_projects = held;
    await this.go(erasure, {
      id: erasure.id,
      organizationId: erasure.organizationId,
      isRehearsal: true,
      signal,
      note: async (kind, count) => note(kind, count),
    });
    const { subject } = erasure;
    if (!('print' in subject)) return { counts, documentReport: null };
    const value = await this.soughtOf(erasure, subject);
    const wanted = { organizationId: erasure.organizationId, action: subject.documents };
    return { counts, documentReport: await this.documents.rehearse(wanted, value, note, signal) };
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
    if ('environmentId' in subject) {
      for (const each of contents) await each.eraseEnvironment(subject.environmentId, run);
      return;
    }
    if ('variableId' in subject) {
      for (const each of contents) await each.eraseVersion(subject, run);
      return;
    }
    const value = await this.soughtOf({ id, organizationId }, subject);
    for (const each of contents) await each.eraseValue(value, run);
  }

  private async soughtOf(
    { id, organizationId }: Omit<ErasureRef, 'subject'>,
    { print }: ErasedValue,
  ): Promise<SoughtValue> {
    return this.prints.seek(print, await this.keys.keyOf(organizationId, id, this.dataSource.manager));
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
