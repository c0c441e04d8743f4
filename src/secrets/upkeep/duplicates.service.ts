import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../../platform/http/request-context.js';
import { VariableSummariesRepository } from '../variables/variable-summaries.repository.js';
import type { DuplicateRow } from '../variables/variable-summary.js';
import { Vault } from '../vault/vault.service.js';

/** Variables with one value. */
export interface DuplicateGroup {
  /** That of the first of them. */
  readonly id: string;
  readonly variables: readonly DuplicateRow[];
}

/** Finds values that are used more than once. No value is opened for it, and none shown. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly summaries: VariableSummariesRepository,
    private readonly vault: Vault,
    private readonly dataSource: DataSource,
  ) {}

  /** In all environments of the organization where the caller is, or of one project of it. */
  async listDuplicates({ principal }: Caller, projectId: string | undefined): Promise<DuplicateGroup[]> {
    const { organizationId, onlyProjectId } = principal;
    const db = this.dataSource.manager;
    if (!(await this.vault.key(organizationId, db))) return [];
    const digestOf = await this.vault.digester(organizationId, db);
    const place = { organizationId, onlyProjectId };
    const rows = await this.summaries.listDuplicates(place, digestOf(''), projectId, db);
    return groupsOf(rows);
  }
}

function groupsOf(rows: readonly DuplicateRow[]): DuplicateGroup[] {
  const groups = new Map<number, DuplicateRow[]>();
  for (const row of rows) {
    const known = groups.get(row.group);
    if (known) known.push(row);
    else groups.set(row.group, [row]);
  }
  return [...groups.values()].flatMap((variables) =>
    variables[0] ? [{ id: variables[0].id, variables }] : [],
  );
}
