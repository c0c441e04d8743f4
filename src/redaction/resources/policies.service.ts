import { Injectable } from '@nestjs/common';
import { AppError, platformError } from '../../platform/errors/app-error.js';
import { isId } from '../../platform/http/ids.js';
import type { Requester } from '../../platform/http/request-context.js';
import { assertTypes } from '../detection-options.js';
import { engineName, publicName } from '../engine/type-names.js';
import { redactionError } from '../redaction.errors.js';
import { type GivenOptions, settleOptions, type TextOptions } from '../text-options.js';
import type { Resource } from './resource.js';
import { ResourcesService } from './resources.service.js';

/** A request that may name a policy. */
export interface PolicyRequest extends GivenOptions {
  readonly processor_id?: string | undefined;
}

const FIELD = 'processor_id';

/** Policies at work: what a request leaves open, the policy it names decides. */
@Injectable()
export class PoliciesService {
  constructor(private readonly resources: ResourcesService) {}

  /**
   * The options of an operation, with the version of the policy they come from.
   * @throws AppError NOT_FOUND for a policy that is missing or foreign, RESOURCE_ARCHIVED
   */
  async settle(caller: Requester, { processor_id: id, ...given }: PolicyRequest): Promise<TextOptions> {
    if (id === undefined) return settleOptions(given);
    const { config, version } = await this.getActive(caller, id);
    return settleOptions(given, config, { id, version });
  }

  /** A policy that may be used. @throws AppError NOT_FOUND for one that is missing or foreign, RESOURCE_ARCHIVED */
  async getActive(caller: Requester, id: string): Promise<Resource> {
    const found = await this.find(caller, id);
    if (found.status === 'active') return found;
    throw redactionError('RESOURCE_ARCHIVED', { details: { field: FIELD, constraint: 'active' } });
  }

  /**
   * Types that settings of another feature name, each with its field, under the names that clients see. A policy's patterns
   * are types too.
   * @throws AppError VALIDATION_ERROR for one that the server does not find
   */
  typesOf(given: readonly (readonly [field: string, type: string])[], policy?: Resource): string[] {
    assertTypes(given, policy?.config.custom_patterns ?? []);
    return given.map(([, type]) => publicName(engineName(type)));
  }

  private async find(caller: Requester, id: string) {
    const missing = platformError('NOT_FOUND', { details: { field: FIELD, constraint: 'exists' } });
    if (!isId('res', id)) throw missing;
    return this.resources.getResource(caller, id).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'NOT_FOUND' ? missing : error;
    });
  }
}
