import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { invalidField } from '../platform/errors/app-error.js';
import { findProviders } from '../platform/providers/find-providers.js';
import { JobType } from '../platform/queue/job-type.js';

/** The kinds of job that clients can ask for. */
@Injectable()
export class JobTypes {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws AppError VALIDATION_ERROR that lists the kinds there are */
  get(name: string, withProcessor: boolean): JobType {
    const types = findProviders(this.discovery, JobType);
    const type = types.find((known) => known.type === name);
    if (!type) {
      const names = types.map((known) => known.type).sort();
      const known = names.length > 0 ? `Known: ${names.join(', ')}.` : 'This server has none.';
      throw invalidField('type', 'enum', `There is no such type of job. ${known}`, names);
    }
    if (withProcessor && !type.takesProcessor) {
      const message = `Jobs of type '${type.type}' take no 'processor_id'.`;
      throw invalidField('processor_id', 'unsupported', message);
    }
    return type;
  }
}
