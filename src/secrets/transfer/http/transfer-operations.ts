import { Injectable } from '@nestjs/common';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { BulkSettingsService } from '../bulk-settings.service.js';
import { CopiesService } from '../copies.service.js';
import { readImport } from '../import-file.js';
import { ImportsService } from '../imports.service.js';
import type {
  CopyVariablesDto,
  ImportVariablesDto,
  SetVariablesDto,
  TransferResultDto,
} from './transfer.dto.js';
import { presentOutcome } from './transfer.presenter.js';

/** Changing many variables at once. A preview goes the way of the change itself, up to where that writes. */
@Injectable()
export class TransferOperations {
  constructor(
    private readonly imports: ImportsService,
    private readonly copies: CopiesService,
    private readonly settings: BulkSettingsService,
    private readonly writes: Writes,
  ) {}

  async importVariables(
    caller: Caller,
    id: string,
    { data, format = 'auto', overwrite, preview, reason }: ImportVariablesDto,
    ifMatch: IfMatch,
  ): Promise<TransferResultDto> {
    const request = { file: readImport({ text: data, format }), overwrite, reason, ifMatch };
    return this.writes.run(caller, async (tx) => {
      const outcome = preview
        ? await this.imports.preview(caller, id, request, tx)
        : await this.imports.importVariables(caller, id, request, tx);
      return presentOutcome(outcome, preview);
    });
  }

  async copyVariables(
    caller: Caller,
    id: string,
    { environment_id: targetId, keys, overwrite, preview, reason }: CopyVariablesDto,
    ifMatch: IfMatch,
  ): Promise<TransferResultDto> {
    const prepared = await this.copies.prepare(caller, { environmentId: id, keys }, targetId);
    const request = { overwrite, reason, ifMatch };
    return this.writes.run(caller, async (tx) => {
      const outcome = preview
        ? await this.copies.preview(prepared, request, tx)
        : await this.copies.copy(caller, prepared, request, tx);
      return presentOutcome(outcome, preview);
    });
  }

  async setVariables(
    caller: Caller,
    id: string,
    { variables, remove = [], preview, reason }: SetVariablesDto,
    ifMatch: IfMatch,
  ): Promise<TransferResultDto> {
    const wanted = variables.map(({ rotate_every_days: rotateDays, ...variable }) => ({
      ...variable,
      rotateDays,
    }));
    const request = { variables: wanted, remove, reason, ifMatch };
    return this.writes.run(caller, async (tx) => {
      const outcome = preview
        ? await this.settings.preview(caller, id, request, tx)
        : await this.settings.setVariables(caller, id, request, tx);
      return presentOutcome(outcome, preview);
    });
  }
}
