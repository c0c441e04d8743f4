import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/http/request-context.js';
import { PoliciesService, type PolicyRequest } from './resources/policies.service.js';
import type { TextOptions } from './text-options.js';
import { TokenProjects } from './tokens/token-projects.service.js';

/** What a request says of its options, its policy, and its project. */
export interface TextRequest extends PolicyRequest {
  readonly project_id?: string | undefined;
}

/** The options of a request, settled: its own, those of its policy, and whose tokens it works with. */
@Injectable()
export class TextSettings {
  constructor(
    private readonly policies: PoliciesService,
    private readonly projects: TokenProjects,
  ) {}

  /** @throws AppError NOT_FOUND, RESOURCE_ARCHIVED */
  forDetection(caller: Caller, request: PolicyRequest): Promise<TextOptions> {
    return this.policies.settle(caller, request);
  }

  /** @throws AppError those of {@link forDetection}; VALIDATION_ERROR for tokenization without a project */
  async forProtection(caller: Caller, { project_id, ...request }: TextRequest): Promise<TextOptions> {
    const options = await this.policies.settle(caller, request);
    const tokens = await this.projects.settle(caller.principal, project_id, options.method);
    return tokens ? { ...options, tokens } : options;
  }
}
