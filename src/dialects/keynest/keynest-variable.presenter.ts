import type { KeynestVariableDto } from './keynest-variable.dto.js';

interface ShownVariable {
  readonly number: number;
  readonly key: string;
  readonly value: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface VariablePlace {
  readonly number: number;
  readonly name: string;
}

/** @param variable with its value as the caller may see it */
export const presentKeynestVariable = (
  variable: ShownVariable,
  environment: VariablePlace,
  nameOf: (userId: string) => string,
): KeynestVariableDto => ({
  id: variable.number,
  key: variable.key,
  decrypted_value: variable.value,
  environment: environment.number,
  environment_name: environment.name,
  created_at: variable.createdAt.toISOString(),
  updated_at: variable.updatedAt.toISOString(),
  created_by_name: nameOf(variable.createdBy),
});
