import type { Diff, DiffedVersion } from '../diffs.service.js';
import type { OpenedVersion } from '../opened-versions.service.js';
import type { RestoreOutcome } from '../restores.service.js';
import type { VariableVersion } from '../versions.service.js';
import type {
  DifferingVersionDto,
  EnvironmentDiffDto,
  OpenedVariableVersionDto,
  RestoreResultDto,
  VariableVersionDto,
} from './history.dto.js';

export const presentVersion = (version: VariableVersion): VariableVersionDto => ({
  variable_id: version.variableId,
  environment_id: version.environmentId,
  version: version.version,
  change: version.change,
  key: version.key,
  tags: [...version.tags],
  rotate_every_days: version.rotateDays,
  revision: version.revision,
  cause: version.cause,
  changed_by: version.changedBy,
  changed_at: version.changedAt.toISOString(),
  request_id: version.requestId,
  reason: version.reason,
  destroyed_at: version.destroyedAt?.toISOString() ?? null,
  destroyed_by: version.destroyedBy,
});

export const presentOpened = (version: OpenedVersion): OpenedVariableVersionDto => ({
  ...presentVersion(version),
  decrypted_value: version.value,
  hidden: version.isHidden,
  note: version.note,
});

const side = (version: DiffedVersion | null): DifferingVersionDto | null =>
  version && { key: version.key, version: version.version, decrypted_value: version.value };

export const presentDiff = (diff: Diff): EnvironmentDiffDto => ({
  from_revision: diff.fromRevision,
  to_revision: diff.toRevision,
  unchanged: diff.unchanged,
  differences: diff.differences.map(({ variableId, change, key, from, to }) => ({
    variable_id: variableId,
    change,
    key,
    from: side(from),
    to: side(to),
  })),
});

export const presentRestore = (outcome: RestoreOutcome, preview: boolean): RestoreResultDto => ({
  preview,
  restored_revision: outcome.restoredRevision,
  revision: outcome.revision,
  added: [...outcome.added],
  changed: [...outcome.changed],
  removed: [...outcome.removed],
  unchanged: [...outcome.unchanged],
});
