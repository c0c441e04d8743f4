import { newId } from '../../platform/http/ids.js';
import type { Variable, VariableDraft, VersionChange } from './variable.js';
import type { GoneVariable } from './variables.repository.js';

/** One variable's part of a change. */
export interface VariableStep {
  readonly change: VersionChange;
  readonly id: string;
  /** The version it makes; 1 for a variable that has never been. */
  readonly version: number;
  readonly valueChanged: boolean;
  readonly draft: VariableDraft;
  readonly createdBy: string;
}

export const creation = (draft: VariableDraft, createdBy: string): VariableStep => ({
  change: 'created',
  id: newId('var'),
  version: 1,
  valueChanged: true,
  draft,
  createdBy,
});

export const update = (current: Variable, draft: VariableDraft): VariableStep => ({
  change: 'updated',
  id: current.id,
  version: current.version + 1,
  valueChanged: current.value !== draft.value,
  draft,
  createdBy: current.createdBy,
});

export const deletion = (
  current: VariableDraft & Pick<Variable, 'id' | 'version' | 'createdBy'>,
): VariableStep => ({
  change: 'deleted',
  id: current.id,
  version: current.version + 1,
  valueChanged: false,
  draft: current,
  createdBy: current.createdBy,
});

/** Brings back a variable that was deleted, as it was then or otherwise. */
export const revival = (gone: GoneVariable, draft: VariableDraft): VariableStep => ({
  change: 'created',
  id: gone.id,
  version: gone.version + 1,
  valueChanged: true,
  draft,
  createdBy: gone.createdBy,
});
