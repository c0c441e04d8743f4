import { Injectable } from '@nestjs/common';
import { Grants } from '../../crypto/index.js';
import { type RedactableDocument, RedactedFiles } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Job } from '../../platform/queue/job.js';
import { RedactionDocumentsRepository } from './redaction-documents.repository.js';
import type { PreparedRedaction } from './redaction-preparation.service.js';
import { redactionRunning } from './redaction-refusals.js';
import { RedactionsRepository } from './redactions.repository.js';

/** Time in which a redaction must have been done where it needs a password, in milliseconds. */
const GRANT_MS = 24 * 3_600_000;

/** Of those in another redaction so many are looked for: more than an error names. */
const MOST_OPEN = 100;

/** Writes down what a new redaction is to do: its row, those of its documents, and what workers are granted. */
@Injectable()
export class RedactionRows {
  constructor(
    private readonly redactions: RedactionsRepository,
    private readonly documents: RedactionDocumentsRepository,
    private readonly files: RedactedFiles,
    private readonly grants: Grants,
  ) {}

  /** @throws AppError REDACTION_RUNNING when an open redaction has some of the documents */
  async refuseOpen(organizationId: string, documents: readonly RedactableDocument[], tx: Tx): Promise<void> {
    const ids = documents.map(({ id }) => id);
    const open = await this.documents.listOpen(organizationId, ids, MOST_OPEN, tx);
    if (open.length > 0) throw redactionRunning(open);
  }

  async insert(
    prepared: PreparedRedaction,
    documents: readonly RedactableDocument[],
    { id: jobId, createdBy }: Job,
    tx: Tx,
  ): Promise<void> {
    const { organizationId, projectId, redactionId: id, orderSealed: policySealed } = prepared;
    const { policy } = prepared.settled;
    const owner = { organizationId, projectId, createdBy };
    const count = documents.length;
    await this.redactions.insert({ ...owner, id, jobId, policy, policySealed, documents: count }, tx);
    const given = await this.grantsOf(prepared, documents, tx);
    const rows = documents.map((document) => ({
      documentId: document.id,
      grantId: given.get(document.fileId),
      size: document.size,
    }));
    await this.files.setRedactionStatus(
      organizationId,
      documents.map((document) => document.id),
      'queued',
      tx,
    );
    await this.documents.insert({ organizationId, redactionId: id }, rows, tx);
  }

  /** By the files' ids: those given before, and those for which the password was sent along now. */
  private async grantsOf(
    { organizationId, secrets, grants }: PreparedRedaction,
    documents: readonly RedactableDocument[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, string>> {
    const wanted = documents.flatMap(({ fileId }) => {
      const secret = secrets.get(fileId);
      return secret ? [[fileId, secret] as const] : [];
    });
    const expiresAt = new Date(Date.now() + GRANT_MS);
    const given = await this.grants.giveAll(organizationId, new Map(wanted), expiresAt, tx);
    return new Map([...grants, ...given]);
  }
}
