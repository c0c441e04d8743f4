import { isoTextOf } from '../../../platform/http/iso-text.js';
import type { SeenVariable } from '../seen-variable.js';
import type { Variable } from '../variable.js';
import type { VariableSummary } from '../variable-summary.js';
import type { VariableDto, VariableSummaryDto } from './variable.dto.js';

type Head = Omit<Variable, 'value' | 'note'>;

const headOf = (variable: Head) => ({
  id: variable.id,
  key: variable.key,
  environment_id: variable.environmentId,
  project_id: variable.projectId,
  tags: [...variable.tags],
  rotate_every_days: variable.rotateDays,
  rotation_due_at: variable.rotationDueAt && isoTextOf(variable.rotationDueAt),
  version: variable.version,
  value_changed_at: isoTextOf(variable.valueChangedAt),
  created_by: variable.createdBy,
  created_at: isoTextOf(variable.createdAt),
  updated_at: isoTextOf(variable.updatedAt),
});

/** Pages are asked for again and again while nothing changes. */
const presented = new WeakMap<SeenVariable, VariableDto>();

export function presentVariable(variable: SeenVariable): VariableDto {
  const dto = presented.get(variable) ?? makeDto(variable);
  presented.set(variable, dto);
  return dto;
}

const makeDto = (variable: SeenVariable): VariableDto => ({
  ...headOf(variable),
  decrypted_value: variable.value,
  hidden: variable.isHidden,
  note: variable.note,
});

export const presentSummary = (variable: VariableSummary): VariableSummaryDto => ({
  ...headOf(variable),
  environment_name: variable.environmentName,
});
