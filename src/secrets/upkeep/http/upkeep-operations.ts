import { Injectable } from '@nestjs/common';
import { listedOf } from '../../../platform/http/listed.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { type DuplicateGroup, DuplicatesService } from '../duplicates.service.js';
import type { DuplicateGroupDto, DuplicateListDto, DuplicateQuery } from './duplicates.dto.js';

/** Looking after variables. */
@Injectable()
export class UpkeepOperations {
  constructor(private readonly duplicates: DuplicatesService) {}

  async listDuplicates(caller: Caller, query: DuplicateQuery): Promise<DuplicateListDto> {
    const listing = listingOf({ ...query, sort: query.sort ?? 'size' });
    const groups = await this.duplicates.listDuplicates(caller, query.project_id);
    return listEnvelope(listedOf(groups, listing, bySize), listing, present);
  }
}

/** Numbers of as many digits are in order as texts too. */
const bySize = ({ variables }: DuplicateGroup): string => String(variables.length).padStart(10, '0');

const present = ({ variables }: DuplicateGroup): DuplicateGroupDto => ({
  variables: variables.map((variable) => ({
    id: variable.id,
    key: variable.key,
    environment_id: variable.environmentId,
    environment_name: variable.environmentName,
    project_id: variable.projectId,
    value_changed_at: variable.valueChangedAt.toISOString(),
  })),
});
