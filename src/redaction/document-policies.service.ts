import { Injectable } from '@nestjs/common';
import type { Requester } from '../platform/http/request-context.js';
import type { DetectionOptions } from './detection-options.js';
import { DEFAULT_LOOK, type DocumentPolicy } from './documents/document-policy.js';
import { PoliciesService } from './resources/policies.service.js';
import type { ConfigChange } from './resources/resource.js';
import { changeConfig, checkSettings, checkTypes } from './resources/resource-config.js';
import { type PolicyOptions, type PolicyReference, settleOptions } from './text-options.js';

/** What a request says of its policy. */
export interface DocumentPolicyRequest {
  readonly processor_id?: string | undefined;
  /** What it sets takes the place of the processor's setting; null takes one away. */
  readonly policy?: ConfigChange | undefined;
}

/** How documents are to be redacted, every setting decided. Plain JSON; holds what may be personal. */
export interface SettledDocumentPolicy {
  readonly options: DetectionOptions;
  readonly document: DocumentPolicy;
  /** Longest time for one document, in seconds. */
  readonly timeout?: number;
  /** The processor it comes from. */
  readonly policy?: PolicyReference;
}

const PREFIX = 'policy.';

/** Policies at work on documents. */
@Injectable()
export class DocumentPolicies {
  constructor(private readonly policies: PoliciesService) {}

  /**
   * The policy of an operation: what comes with the request over what the processor it names says over the server's
   * defaults. Compiles patterns, which can take a second: so not inside of a transaction.
   * @throws AppError NOT_FOUND, RESOURCE_ARCHIVED for the processor; PATTERN_REFUSED, VALIDATION_ERROR for the policy
   */
  async settle(
    caller: Requester,
    { processor_id: id, policy: given = {} }: DocumentPolicyRequest,
  ): Promise<SettledDocumentPolicy> {
    checkSettings(given, PREFIX);
    const stored = id === undefined ? undefined : await this.policies.getActive(caller, id);
    const settings = changeConfig(stored?.config ?? {}, given);
    checkTypes(settings, PREFIX);
    return settle(settings, stored && { id: stored.id, version: stored.version });
  }
}

function settle(settings: PolicyOptions, policy: PolicyReference | undefined): SettledDocumentPolicy {
  const { entities, thresholds, timeout, ...rest } = settleOptions({}, settings);
  const { confidence_threshold, allow_list, deny_list, custom_patterns } = rest;
  return {
    options: {
      ...{ confidence_threshold, allow_list, deny_list, custom_patterns },
      ...(entities && { entities }),
      ...(thresholds && { thresholds }),
    },
    document: {
      searchTerms: settings.search_terms ?? [],
      regions: settings.regions ?? [],
      strict: settings.strict ?? false,
      look: { ...DEFAULT_LOOK, ...settings.look },
      placeholders: {
        preserveContext: rest.preserve_context,
        ...(rest.template !== undefined && { placeholder: rest.template }),
      },
    },
    ...(timeout !== undefined && { timeout }),
    ...(policy && { policy }),
  };
}
