import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Caller } from '../platform/http/request-context.js';
import { findProviders } from '../platform/providers/find-providers.js';

/** Redacts documents that were uploaded with `redact: true`. The feature that does makes this a provider of its module. */
export abstract class UploadRedactions {
  /**
   * Refuses a policy that uploads cannot name, before anything is stored for it.
   * @throws AppError NOT_FOUND, or what else is wrong with it
   */
  abstract check(caller: Caller, processorId: string): Promise<void>;
}

/** Finds the feature above that redacts what is uploaded. */
@Injectable()
export class UploadRedactionsRegistry {
  private known: UploadRedactions | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws AppError see {@link UploadRedactions} */
  check(caller: Caller, processorId: string): Promise<void> {
    return this.find().check(caller, processorId);
  }

  private find(): UploadRedactions {
    this.known ??= findProviders(this.discovery, UploadRedactions)[0];
    if (!this.known) throw new Error('no feature redacts what is uploaded');
    return this.known;
  }
}
