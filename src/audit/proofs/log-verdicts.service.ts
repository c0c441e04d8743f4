import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { parseCheckpoint, verifyCheckpoint } from '../log/checkpoint.js';
import * as Hashes from '../log/merkle-hash.js';
import * as Proofs from '../log/merkle-proofs.js';
import { chosenLog, type LogChoice } from './chosen-log.policy.js';
import { LogReader, type ReadLog } from './log-reader.service.js';

/** What a checkpoint that was kept elsewhere is to the log. */
export const VERDICTS = ['consistent', 'rewritten', 'ahead', 'other_log', 'other_signer'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** An entry as its proof gave it. */
export interface ClaimedEntry {
  readonly text: string;
  readonly leaf: number;
  /** Base64. */
  readonly proof: readonly string[];
}

export interface VerdictOf {
  readonly log: ReadLog;
  readonly verdict: Verdict;
  readonly oldSize: number;
  /** From the given checkpoint to the log as it is; null unless they are consistent. */
  readonly consistencyProof: readonly Buffer[] | null;
  /** Whether the entry is in the log of the given checkpoint; null where none was asked about. */
  readonly isIncluded: boolean | null;
}

type Kept = NonNullable<ReturnType<typeof parseCheckpoint>>;

/** Holds what somebody kept against the log as it is. */
@Injectable()
export class LogVerdicts {
  constructor(private readonly reader: LogReader) {}

  /** @param note a checkpoint. @throws AppError NOT_FOUND, PERMISSION_DENIED, VALIDATION_ERROR */
  async judge(
    { principal }: Caller,
    choice: LogChoice,
    note: string,
    entry: ClaimedEntry | undefined,
  ): Promise<VerdictOf> {
    const organizationId = chosenLog(principal, choice);
    const kept = parseCheckpoint(note);
    if (!kept)
      throw invalidField('checkpoint', 'format', "'checkpoint' must be the signed note of a checkpoint.");
    const log = await this.reader.read(organizationId);
    const verdict = await verdictOf(kept, log);
    const isConsistent = verdict === 'consistent';
    return {
      ...{ log, verdict, oldSize: kept.size },
      consistencyProof: isConsistent ? await Proofs.consistencyProof(kept.size, log.size, log.nodes) : null,
      isIncluded: entry ? isConsistent && includes(kept, entry) : null,
    };
  }
}

async function verdictOf(kept: Kept, log: ReadLog): Promise<Verdict> {
  if (kept.origin !== log.verifier.name) return 'other_log';
  if (verifyCheckpoint(kept, log.verifier) !== 'signed') return 'other_signer';
  if (kept.size > log.size) return 'ahead';
  return (await Proofs.rootAt(kept.size, log.nodes)).equals(kept.root) ? 'consistent' : 'rewritten';
}

/** @throws AppError VALIDATION_ERROR */
function includes({ size, root }: Kept, { text, leaf, proof }: ClaimedEntry): boolean {
  const hashes = proof.map((hash, at) => {
    const bytes = Hashes.hashOfText(hash);
    if (!bytes)
      throw invalidField(`entry.proof[${at}]`, 'format', `'entry.proof[${at}]' must be 32 bytes in base64.`);
    return bytes;
  });
  return Proofs.verifyInclusion({ index: leaf, size, root, leaf: Hashes.leafHash(text), proof: hashes });
}
