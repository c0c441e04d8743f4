import { Injectable } from '@nestjs/common';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { PoliciesService } from '../../redaction/index.js';
import { DEFAULT_SHIELD_POLICY, type ShieldAction, type ShieldPolicy } from './shield-policy.js';

/** A policy as somebody sets it: what they leave out is the default's. */
export type GivenPolicy = { readonly [Name in keyof ShieldPolicy]?: ShieldPolicy[Name] | undefined };

/** What secrets of the vault can get: nothing puts them back, and nothing lets them pass. */
const OF_SECRETS: readonly ShieldAction[] = ['mask', 'block'];

/** Settles what a policy is to be, so that nothing is stored which a request would stumble over. */
@Injectable()
export class PolicyChecks {
  constructor(private readonly processors: PoliciesService) {}

  /**
   * The whole policy, its types under the names that clients see.
   * @throws AppError NOT_FOUND for a processor that is missing or foreign, RESOURCE_ARCHIVED, VALIDATION_ERROR for a type that
   *   the server does not find, one that is named twice, or an action that secrets of the vault cannot have
   */
  async settle(caller: Caller, given: GivenPolicy): Promise<ShieldPolicy> {
    const { processor_id: id, actions = {} } = given;
    const processor = typeof id === 'string' ? await this.processors.getActive(caller, id) : undefined;
    const entries = Object.entries(actions);
    const fields = entries.map(([type]) => [`actions.${type}`, type] as const);
    const types = this.processors.typesOf(fields, processor);
    const settled = new Map<string, ShieldAction>();
    entries.forEach(([spelling, action], index) => {
      const type = types[index] ?? spelling;
      if (settled.has(type)) throw namedTwice(type);
      if (type === 'VAULT_SECRET' && !OF_SECRETS.includes(action)) throw notForSecrets(spelling);
      settled.set(type, action);
    });
    const stated = Object.entries(given).filter(([, value]) => value !== undefined);
    return { ...DEFAULT_SHIELD_POLICY, ...Object.fromEntries(stated), actions: Object.fromEntries(settled) };
  }
}

const namedTwice = (type: string) =>
  invalidField('actions', 'unique', `'actions' names ${type} twice, by two spellings.`);

const notForSecrets = (type: string) =>
  invalidField(
    `actions.${type}`,
    'enum',
    `'actions.${type}' must be one of: ${OF_SECRETS.join(', ')}. Secrets are never let through, nor put back.`,
    OF_SECRETS,
  );
