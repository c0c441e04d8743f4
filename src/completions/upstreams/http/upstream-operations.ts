import { Injectable } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { StoredUpstream, UpstreamChange } from '../upstream.js';
import { UpstreamChangesService } from '../upstream-changes.service.js';
import { UpstreamChecks } from '../upstream-check.service.js';
import { UpstreamDirectory } from '../upstream-directory.service.js';
import { UpstreamsService } from '../upstreams.service.js';
import type {
  CreateUpstreamDto,
  UpdateUpstreamDto,
  UpstreamCheckDto,
  UpstreamDto,
  UpstreamQuery,
} from './upstream.dto.js';
import { presentCheck, presentUpstream } from './upstream.presenter.js';

/** Fields of the contract by names of the domain. */
const settingsOf = (body: UpdateUpstreamDto): UpstreamChange => ({
  name: body.name,
  baseUrl: body.base_url,
  apiKey: body.api_key,
  isPrivate: body.private,
  isEnabled: body.enabled,
  priority: body.priority,
  models: body.models && [...new Set(body.models)],
  firstByteSeconds: body.first_byte_seconds,
  idleSeconds: body.idle_seconds,
  totalSeconds: body.total_seconds,
  maxRetries: body.max_retries,
});

/** The operations on model servers. */
@Injectable()
export class UpstreamOperations {
  constructor(
    private readonly upstreams: UpstreamsService,
    private readonly changes: UpstreamChangesService,
    private readonly directory: UpstreamDirectory,
    private readonly checks: UpstreamChecks,
    private readonly writes: Writes,
  ) {}

  async getUpstream(id: string): Promise<UpstreamDto> {
    return this.present(await this.upstreams.getUpstream(id));
  }

  async listUpstreams(query: UpstreamQuery, listing: Listing): Promise<Listed<UpstreamDto>> {
    const filter = { name: query.name, isEnabled: query.enabled, isPrivate: query.private };
    const { rows, ...rest } = await this.upstreams.listUpstreams(filter, listing);
    return { ...rest, rows: rows.map((row) => this.present(row)) };
  }

  createUpstream(caller: Caller, body: CreateUpstreamDto): Promise<UpstreamDto> {
    const given = { ...settingsOf(body), name: body.name, baseUrl: body.base_url };
    return this.writes.run(caller, async (tx) =>
      this.present(await this.changes.createUpstream(caller, given, tx)),
    );
  }

  updateUpstream(
    caller: Caller,
    id: string,
    body: UpdateUpstreamDto,
    ifMatch: IfMatch,
  ): Promise<UpstreamDto> {
    const change = settingsOf(body);
    if (Object.values(change).every((value) => value === undefined)) {
      throw invalidField('body', 'required', 'Give at least one field that is to change.');
    }
    return this.writes.run(caller, async (tx) =>
      this.present(await this.changes.changeUpstream(caller, id, change, ifMatch, tx)),
    );
  }

  async deleteUpstream(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteUpstream(caller, id, ifMatch, tx);
      return undefined;
    });
  }

  async checkUpstream(caller: Caller, id: string): Promise<UpstreamCheckDto> {
    return presentCheck(await this.checks.check(caller, await this.upstreams.getUpstream(id)));
  }

  private present(row: StoredUpstream): UpstreamDto {
    return presentUpstream(row, this.directory.healthOf(row));
  }
}
