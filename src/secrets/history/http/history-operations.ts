import { Injectable } from '@nestjs/common';
import { parseDateRange } from '../../../platform/http/date-range.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { DiffsService } from '../diffs.service.js';
import { parsePoint } from '../point.js';
import { RestoresService } from '../restores.service.js';
import { VersionsService } from '../versions.service.js';
import type {
  DiffQuery,
  EnvironmentDiffDto,
  HistoryQuery,
  RestoreEnvironmentDto,
  RestoreResultDto,
  VariableVersionDto,
} from './history.dto.js';
import { presentDiff, presentRestore, presentVersion } from './history.presenter.js';

/** What environments were, and bringing that back. */
@Injectable()
export class HistoryOperations {
  constructor(
    private readonly versions: VersionsService,
    private readonly diffs: DiffsService,
    private readonly restores: RestoresService,
    private readonly writes: Writes,
  ) {}

  async listHistory(
    caller: Caller,
    environmentId: string,
    { key, change, created_after, created_before }: HistoryQuery,
    listing: Listing,
  ): Promise<Listed<VariableVersionDto>> {
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const filter = { environmentId, key, change, ...range };
    const { rows, ...rest } = await this.versions.listHistory(caller, filter, listing);
    return { ...rest, rows: rows.map(presentVersion) };
  }

  async diff(caller: Caller, id: string, { from, to }: DiffQuery): Promise<EnvironmentDiffDto> {
    const later = to === undefined ? undefined : parsePoint('to', to);
    return presentDiff(await this.diffs.diff(caller, id, parsePoint('from', from), later));
  }

  async restore(
    caller: Caller,
    id: string,
    { at, preview, reason }: RestoreEnvironmentDto,
    ifMatch: IfMatch,
  ): Promise<RestoreResultDto> {
    const point = parsePoint('at', at);
    if (preview) return presentRestore(await this.restores.preview(caller, id, point), true);
    return this.writes.run(caller, async (tx) =>
      presentRestore(await this.restores.restore(caller, id, { point, ifMatch, reason }, tx), false),
    );
  }
}
