import { Injectable } from '@nestjs/common';
import { InstanceSigner } from '../../crypto/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Erasure, ErasureSubject } from './erasure.js';
import type { ErasureRow, SubjectColumns } from './erasures.repository.js';

type Place = Pick<ErasureRow, 'id' | 'organizationId'>;

const placeOf = ({ id, organizationId }: Place) => ({ organizationId, table: 'erasures', id, version: 1 });

const NO_SUBJECT: SubjectColumns = {
  ...{ userId: null, withAccount: false, projectId: null, environmentId: null },
  ...{ variableId: null, version: null, destroyedBy: null, type: null, print: null, documents: 'keep' },
};

/** A subject as its row has it. */
export const columnsOf = (subject: ErasureSubject): SubjectColumns => ({ ...NO_SUBJECT, ...subject });

export function subjectOf(columns: SubjectColumns): ErasureSubject {
  const { userId, withAccount, projectId, environmentId, type, print, documents } = columns;
  const { variableId, version, destroyedBy } = columns;
  if (userId !== null) return { userId, withAccount };
  if (projectId !== null) return { projectId };
  if (environmentId !== null) return { environmentId };
  if (variableId !== null && version !== null && destroyedBy !== null)
    return { variableId, version, destroyedBy };
  if (type === null || print === null) throw new Error('an erasure has no subject');
  return { type, print, documents };
}

/** Opens erasures: reasons are people's own words, and lie sealed. */
@Injectable()
export class ErasureOpener {
  constructor(
    private readonly sealer: Sealer,
    private readonly signer: InstanceSigner,
  ) {}

  async sealReason(place: Place, reason: string | undefined, tx: Tx): Promise<Buffer | null> {
    return reason === undefined ? null : this.sealer.seal(placeOf(place), Buffer.from(reason), tx);
  }

  /** @throws OpenError when the reason was changed or moved */
  async open(row: ErasureRow, db: Tx): Promise<Erasure> {
    const { id, organizationId, status, counts, documentReport, requestedBy, jobId, errorCode } = row;
    const { createdAt, completedAt, reappliedAt, reasonSealed, statement, signature } = row;
    const reason = reasonSealed && (await this.sealer.open(placeOf(row), reasonSealed, db)).toString('utf8');
    return {
      ...{ id, organizationId, status, counts, documentReport, requestedBy, jobId, errorCode },
      ...{ createdAt, completedAt, reappliedAt },
      subject: subjectOf(row),
      reason,
      record:
        statement !== null && signature !== null
          ? { statement, signature, publicKey: await this.signer.publicKey(db) }
          : null,
    };
  }
}
