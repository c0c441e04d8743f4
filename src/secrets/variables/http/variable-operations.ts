import { Injectable } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { refusalOf } from '../../variable.policy.js';
import { VariableWrites } from '../variable-writes.service.js';
import { VariablesService } from '../variables.service.js';
import type {
  CreateVariableDto,
  UpdateVariableDto,
  VariableDto,
  VariableSummaryDto,
} from './variable.dto.js';
import { presentSummary, presentVariable } from './variable.presenter.js';
import type { VariableQuery } from './variable.query.js';

const CHANGEABLE = ['key', 'value', 'note', 'tags', 'rotate_every_days'] as const;

/** Variables as the core offers them. */
@Injectable()
export class VariableOperations {
  constructor(
    private readonly variables: VariablesService,
    private readonly writes: VariableWrites,
  ) {}

  /** Whoever gives a value sees it. */
  async createVariable(
    caller: Caller,
    { environment_id: environmentId, reason, ...body }: CreateVariableDto,
  ): Promise<VariableDto> {
    assertAllowed(body.key, body.value);
    const { key, value, note = null, tags = [], rotate_every_days: rotateDays = null } = body;
    const draft = { key, value, note, tags, rotateDays };
    const { writes } = this;
    return revealed(await writes.createVariable(caller, environmentId, draft, reason, presentVariable));
  }

  async listVariables(
    caller: Caller,
    query: VariableQuery,
    listing: Listing,
  ): Promise<Listed<VariableSummaryDto>> {
    const { value_changed_before, rotation_due_before, environment_id, project_id, key, search, tag } = query;
    const filter = {
      ...{ key, search, tag, environmentId: environment_id, projectId: project_id },
      valueChangedBefore: endOf('value_changed_before', value_changed_before),
      rotationDueBefore: endOf('rotation_due_before', rotation_due_before),
    };
    const { rows, ...rest } = await this.variables.listVariables(caller, filter, listing);
    return { ...rest, rows: rows.map(presentSummary) };
  }

  /** What the body leaves out stays. */
  async updateVariable(
    caller: Caller,
    id: string,
    { reason, ...body }: UpdateVariableDto,
    ifMatch: IfMatch,
  ): Promise<VariableDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    assertAllowed(body.key ?? 'KEY', body.value ?? '');
    const { key, value, note, tags, rotate_every_days: rotateDays } = body;
    const change = { key, value, note, tags, rotateDays };
    const options = { ifMatch, reason };
    return revealed(await this.writes.changeVariable(caller, id, change, options, presentVariable));
  }

  async deleteVariable(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.deleteVariable(caller, id, { ifMatch, reason: undefined });
  }
}

const revealed = ({ shown, value }: { shown: VariableDto; value: string | undefined }): VariableDto =>
  value === undefined ? shown : { ...shown, decrypted_value: value, hidden: false };

const endOf = (field: string, text: string | undefined): Date | undefined =>
  parseDateRange([field, undefined], [field, text]).to;

/** @throws AppError VALIDATION_ERROR for a value of too many bytes, which its characters do not show */
function assertAllowed(key: string, value: string): void {
  const refusal = refusalOf(key, value);
  if (!refusal) return;
  const field = refusal.reason.startsWith('KEY') ? 'key' : 'value';
  throw invalidField(field, refusal.reason.toLowerCase(), refusal.message);
}
