import { Injectable } from '@nestjs/common';
import { UploadRedactions } from '../../files/index.js';
import type { Caller } from '../../platform/http/request-context.js';
import { DocumentPolicies } from '../document-policies.service.js';

/** Policies that uploads name. */
@Injectable()
export class UploadPolicies extends UploadRedactions {
  constructor(private readonly policies: DocumentPolicies) {
    super();
  }

  /** @throws AppError NOT_FOUND, RESOURCE_ARCHIVED */
  async check(caller: Caller, processorId: string): Promise<void> {
    await this.policies.settle(caller, { processor_id: processorId });
  }
}
