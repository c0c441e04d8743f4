import type { Comparison } from '../comparisons.service.js';
import type { TransferOutcome } from '../transfer-outcome.js';
import type { ComparisonDto, TransferResultDto } from './transfer.dto.js';

/** Most refusals that are listed: a file of another kind has one on every line. */
const MOST_REFUSALS = 1_000;

export function presentOutcome(outcome: TransferOutcome, preview: boolean): TransferResultDto {
  const { environment, revision, added, changed, unchanged, removed, refused } = outcome;
  const summary = {
    ...{ added: added.length, changed: changed.length, unchanged: unchanged.length },
    ...{ removed: removed.length, refused: refused.length },
  };
  return {
    preview,
    summary: { ...summary, total: Object.values(summary).reduce((sum, count) => sum + count, 0) },
    added: [...added],
    changed: [...changed],
    unchanged: [...unchanged],
    removed: [...removed],
    refused: refused
      .slice(0, MOST_REFUSALS)
      .map(({ key, line, reason, message }) => ({ key, line, reason: reason.toLowerCase(), message })),
    revision,
    version: environment.version + (revision === environment.revision ? 0 : 1),
  };
}

export const presentComparison = ({ onlyHere, onlyThere, different, same }: Comparison): ComparisonDto => ({
  only_here: [...onlyHere],
  only_there: [...onlyThere],
  different: [...different],
  same: [...same],
});
