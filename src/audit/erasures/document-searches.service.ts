import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type DeletingActor,
  type DocumentAction,
  DocumentSearch,
  type DocumentSearchRun,
  type SearchedDocument,
} from '../../platform/erasure/document-search.js';
import type { SoughtValue } from '../../platform/erasure/sought-value.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import { countsOf, type DocumentReport, isDone, newReport, withDocument } from './document-report.js';
import { DocumentReportsRepository } from './document-reports.repository.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** How long a request that rehearses waits for files, in milliseconds. */
const REHEARSAL_MS = 20_000;

/** Which erasure documents are looked into for. */
export interface DocumentErasure {
  readonly id: string;
  readonly organizationId: string;
  readonly action: DocumentAction;
  /** Who is to stand in the log for what is deleted. */
  readonly by: DeletingActor;
}

/** Another one who carries out the same erasure has come further. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Looks into documents for an erasure. How far it is stands in the erasure's row, which is written in the transaction that deletes a
 * document: so it goes on where it was left, and counts nothing twice.
 */
@Injectable()
export class DocumentSearches {
  constructor(
    private readonly erasures: ErasuresRepository,
    private readonly reports: DocumentReportsRepository,
    private readonly ledger: ErasureLedger,
    private readonly discovery: DiscoveryService,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError STORAGE_UNAVAILABLE; the signal's reason */
  async run(erasure: DocumentErasure, value: SoughtValue, signal: AbortSignal): Promise<void> {
    const search = this.search();
    if (!search) return;
    for (;;) {
      const report = await this.begun(erasure, search);
      if (!report || isDone(report)) return;
      try {
        await search.search(value, await this.runOf(erasure, report, signal));
        return await this.finish(erasure);
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    }
  }

  /**
   * Begins the search that is left of an erasure which a start has carried out otherwise, for whoever goes on with it.
   * @returns false where there is nothing left to look into
   */
  async begin(erasure: DocumentErasure): Promise<boolean> {
    const search = this.search();
    const report = search && (await this.begun(erasure, search));
    return report !== undefined && !isDone(report);
  }

  /** Deletes again the documents that it deleted before the database was restored: none of them need be read for that. */
  async deleteKnown(erasure: DocumentErasure, signal: AbortSignal): Promise<void> {
    const search = this.search();
    if (!search) return;
    const { id, organizationId, by } = erasure;
    await this.begun(erasure, search);
    for (const documentId of await this.ledger.documentsOf(erasure)) {
      signal.throwIfAborted();
      await this.unitOfWork.run(async (tx) => {
        const outcome = await search.delete(organizationId, documentId, by, tx);
        const report = outcome === 'deleted' && (await this.reports.lock(organizationId, id, tx));
        if (report)
          await this.write(erasure, report.cursor, report, { documentId, outcome, unread: null }, tx);
      });
    }
  }

  /** What it would come to, as far as there is time. */
  async rehearse(
    { organizationId, action }: Pick<DocumentErasure, 'organizationId' | 'action'>,
    value: SoughtValue,
    note: (kind: string) => void,
    signal: AbortSignal,
  ): Promise<DocumentReport | null> {
    const search = this.search();
    if (!search) return null;
    let report = newReport(action, await search.extent(organizationId, this.dataSource.manager));
    const time = AbortSignal.timeout(REHEARSAL_MS);
    const run: DocumentSearchRun = {
      ...{ organizationId, action, after: '', until: report.until, isRehearsal: true },
      signal: AbortSignal.any([signal, time]),
      by: { actor: { type: 'system', id: 'erasure' }, requestId: '' },
      announce: async () => {},
      note: async (searched) => {
        report = withDocument(report, searched);
        for (const kind of countsOf(searched)) note(kind);
      },
    };
    try {
      await search.search(value, run);
    } catch (error) {
      if (signal.aborted || !time.aborted) throw error;
    }
    return report;
  }

  private search(): DocumentSearch | undefined {
    return findProviders(this.discovery, DocumentSearch)[0];
  }

  /** Its report, which begins with the first who asks for it; none of one that was completed without. */
  private async begun(
    { id, organizationId, action }: DocumentErasure,
    search: DocumentSearch,
  ): Promise<DocumentReport | undefined> {
    const db = this.dataSource.manager;
    const known = await this.reports.find(organizationId, id, db);
    if (known) return known;
    const report = newReport(action, await search.extent(organizationId, db));
    await this.unitOfWork.run((tx) => this.reports.begin(organizationId, id, report, tx));
    return this.reports.find(organizationId, id, db);
  }

  private async runOf(
    erasure: DocumentErasure,
    begun: DocumentReport,
    signal: AbortSignal,
  ): Promise<DocumentSearchRun> {
    const { id, organizationId, action, by } = erasure;
    const tenant = await this.erasures.findTenant(organizationId, this.dataSource.manager);
    let report = begun;
    const noteIn = async (searched: SearchedDocument, tx: Tx): Promise<DocumentReport> =>
      this.write(erasure, searched.documentId, report, searched, tx);
    return {
      ...{ organizationId, action, signal, by, isRehearsal: false },
      ...{ after: report.cursor, until: report.until },
      announce: async (documentId) => {
        if (tenant && !tenant.isSandbox) await this.ledger.enterDocument({ id, organizationId, documentId });
      },
      note: async (searched, tx) => {
        report = tx ? await noteIn(searched, tx) : await this.unitOfWork.run((own) => noteIn(searched, own));
      },
    };
  }

  /** @throws Overtaken when the row has come further than `report` */
  private async write(
    { id, organizationId }: DocumentErasure,
    cursor: string,
    report: DocumentReport,
    searched: SearchedDocument,
    tx: Tx,
  ): Promise<DocumentReport> {
    const next = { ...withDocument(report, searched), cursor };
    if (!(await this.reports.advance(organizationId, id, report, next, tx))) throw new Overtaken();
    for (const kind of countsOf(searched)) await this.erasures.addCount(organizationId, id, kind, 1, tx);
    return next;
  }

  /** The last document may be gone, so that nobody came to it. */
  private async finish({ id, organizationId }: DocumentErasure): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const report = await this.reports.lock(organizationId, id, tx);
      if (!report || isDone(report)) return;
      const done = { ...report, cursor: report.until };
      await this.reports.advance(organizationId, id, report, done, tx);
    });
  }
}
