import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { StoredUpstream, UpstreamFilter } from './upstream.js';
import { UpstreamsRepository } from './upstreams.repository.js';

/** Reading model servers, for administrators of the instance. */
@Injectable()
export class UpstreamsService {
  constructor(
    private readonly repository: UpstreamsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getUpstream(id: string): Promise<StoredUpstream> {
    const found = await this.repository.find(id, this.dataSource.manager);
    if (!found) throw platformError('NOT_FOUND');
    return found;
  }

  listUpstreams(filter: UpstreamFilter, listing: Listing): Promise<Listed<StoredUpstream>> {
    return this.repository.list(filter, listing, this.dataSource.manager);
  }
}
