import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentVariables } from '../variables/environment-variables.service.js';
import { sameEnvironment } from './copies.service.js';
import { EnvironmentReach } from './environment-reach.service.js';

/** Keys of two environments, in their order, by what their values have to do with each other. */
export interface Comparison {
  readonly onlyHere: readonly string[];
  readonly onlyThere: readonly string[];
  readonly different: readonly string[];
  readonly same: readonly string[];
}

/** Telling two environments of one organization apart without showing a value. */
@Injectable()
export class ComparisonsService {
  constructor(
    private readonly variables: EnvironmentVariables,
    private readonly reach: EnvironmentReach,
  ) {}

  /**
   * For somebody who may read values here, and there: whether two are the same says something of both.
   * @throws AppError NOT_FOUND, PERMISSION_DENIED where the caller may not read there, VALIDATION_ERROR for the same environment
   */
  async compare(caller: Caller, environmentId: string, otherId: string): Promise<Comparison> {
    const { variables } = await this.variables.readAll(caller, environmentId);
    if (otherId === environmentId) throw sameEnvironment('with');
    const other = await this.reach.reach(caller, otherId, 'secrets:reveal');
    const there = await this.variables.readAll(other.caller, otherId);
    return compared(valuesOf(variables), valuesOf(there.variables));
  }
}

type Values = ReadonlyMap<string, string>;

const valuesOf = (variables: readonly { readonly key: string; readonly value: string }[]): Values =>
  new Map(variables.map(({ key, value }) => [key, value]));

function compared(here: Values, there: Values): Comparison {
  const keys = [...here.keys()].sort();
  const both = keys.filter((key) => there.has(key));
  return {
    onlyHere: keys.filter((key) => !there.has(key)),
    onlyThere: [...there.keys()].filter((key) => !here.has(key)).sort(),
    different: both.filter((key) => here.get(key) !== there.get(key)),
    same: both.filter((key) => here.get(key) === there.get(key)),
  };
}
