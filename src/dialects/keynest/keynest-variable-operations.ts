import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import {
  EnvironmentsService,
  type SeenVariable,
  VariablePolicy,
  VariablesService,
  VariableWrites,
} from '../../secrets/index.js';
import { KeynestEnvironmentCaptions } from './keynest-environment-captions.service.js';
import { found } from './keynest-found.js';
import type {
  CreateKeynestVariableDto,
  KeynestVariableDto,
  UpdateKeynestVariableDto,
} from './keynest-variable.dto.js';
import { presentKeynestVariable } from './keynest-variable.presenter.js';

const NOTHING_ELSE = { note: null, tags: [], rotateDays: null };
const CHANGEABLE = ['key', 'value'] as const;

/** The core's variables under their numbers. */
@Injectable()
export class KeynestVariableOperations {
  constructor(
    private readonly variables: VariablesService,
    private readonly environments: EnvironmentsService,
    private readonly captions: KeynestEnvironmentCaptions,
    private readonly writes: VariableWrites,
  ) {}

  async getVariable(caller: Caller, number: number): Promise<KeynestVariableDto> {
    const id = await this.variables.idOf(caller, number);
    const variable = await this.variables.getVariable(caller, id);
    const environment = await this.environments.getRow(caller, variable.environmentId);
    return presentKeynestVariable(variable, environment, await this.captions.namesFor([variable]));
  }

  /** @throws AppError VALIDATION_ERROR for an environment that is not there, or that the caller cannot see */
  async createVariable(
    caller: Caller,
    { environment, key, value }: CreateKeynestVariableDto,
  ): Promise<KeynestVariableDto> {
    assertStorable(value);
    const id = await found(this.environments.idOf(caller, environment));
    if (id === undefined)
      throw invalidField('environment', 'exists', 'There is no such environment, or you cannot see it.');
    const place = await this.environments.getRow(caller, id);
    const nameOf = await this.captions.namesFor([{ createdBy: caller.principal.userId }]);
    const draft = { ...NOTHING_ELSE, key, value };
    const present = (made: SeenVariable) => presentKeynestVariable(made, place, nameOf);
    return revealed(await this.writes.createVariable(caller, id, draft, undefined, present));
  }

  /** What the body leaves out stays; a variable stays in its environment. */
  async updateVariable(
    caller: Caller,
    number: number,
    { environment, ...change }: UpdateKeynestVariableDto,
  ): Promise<KeynestVariableDto> {
    if (CHANGEABLE.every((name) => change[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    assertStorable(change.value ?? '');
    const id = await this.variables.idOf(caller, number);
    const { environment: place, createdBy } = await this.variables.originOf(caller, id);
    if (environment !== undefined && environment !== place.number) {
      const message = 'A variable stays in its environment. Leave the field out.';
      throw invalidField('environment', 'constant', message);
    }
    const nameOf = await this.captions.namesFor([{ createdBy }]);
    const present = (changed: SeenVariable) => presentKeynestVariable(changed, place, nameOf);
    return revealed(await this.writes.changeVariable(caller, id, change, AS_IT_IS, present));
  }

  async deleteVariable(caller: Caller, number: number): Promise<void> {
    const id = await this.variables.idOf(caller, number);
    await this.writes.deleteVariable(caller, id, AS_IT_IS);
  }
}

const revealed = ({ shown, value }: { shown: KeynestVariableDto; value: string | undefined }) =>
  value === undefined ? shown : { ...shown, decrypted_value: value };

const AS_IT_IS = { ifMatch: undefined, reason: undefined };

/** @throws AppError VALIDATION_ERROR for a value of too many bytes; the rest has been checked with the body */
function assertStorable(value: string): void {
  const refusal = VariablePolicy.refusalOf('KEY', value);
  if (refusal) throw invalidField('value', 'maxLength', refusal.message);
}
