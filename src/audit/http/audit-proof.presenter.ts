import * as Hashes from '../log/merkle-hash.js';
import { verifierKey } from '../log/signed-note.js';
import { hashTexts, type LogProof } from '../proofs/log-proofs.service.js';
import type { ReadLog } from '../proofs/log-reader.service.js';
import type { VerdictOf } from '../proofs/log-verdicts.service.js';
import type { AuditCheckpointDto, AuditProofDto, AuditVerdictDto } from './audit-proof.dto.js';

export const presentCheckpoint = async (log: ReadLog): Promise<AuditCheckpointDto> => ({
  checkpoint: await log.checkpoint(),
  origin: log.verifier.name,
  size: log.size,
  root: Hashes.hashText(log.root),
  verifier_key: verifierKey(log.verifier),
  public_key: log.verifier.publicKey.toString('base64'),
  created_at: log.createdAt?.toISOString() ?? null,
});

export const presentProof = ({
  log,
  size,
  root,
  checkpoint,
  entry,
  consistency,
}: LogProof): AuditProofDto => ({
  checkpoint,
  origin: log.verifier.name,
  size,
  root: Hashes.hashText(root),
  verifier_key: verifierKey(log.verifier),
  entry: entry && {
    leaf: entry.leaf,
    leaf_hash: entry.hash.toString('hex'),
    text: entry.text,
    proof: hashTexts(entry.proof),
  },
  consistency: consistency && {
    from_size: consistency.fromSize,
    proof: hashTexts(consistency.proof),
  },
});

export const presentVerdict = async (found: VerdictOf): Promise<AuditVerdictDto> => ({
  verdict: found.verdict,
  from_size: found.oldSize,
  checkpoint: await found.log.checkpoint(),
  size: found.log.size,
  consistency_proof: found.consistencyProof && hashTexts(found.consistencyProof),
  entry: found.isIncluded === null ? null : found.isIncluded ? 'included' : 'not_included',
});
