import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserDirectory } from '../../accounts/index.js';
import {
  type AuditFilter,
  AuditLogsService,
  type AuditRecord,
  reachOfMemberships,
} from '../../audit/index.js';
import { parseDateRange } from '../../platform/http/date-range.js';
import type { Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ThingNumbers } from '../../platform/http/thing-numbers.service.js';
import { actionsOfKeynest, targetOfKeynest } from './keynest-audit-actions.js';
import type { KeynestAuditLogQuery } from './keynest-audit-log.dto.js';
import { presentKeynestAuditLog } from './keynest-audit-log.presenter.js';

/** The core's audit log under KeyNest's names and numbers. */
@Injectable()
export class KeynestAuditService {
  constructor(
    private readonly auditLogs: AuditLogsService,
    private readonly users: UserDirectory,
    private readonly numbers: ThingNumbers,
    private readonly dataSource: DataSource,
  ) {}

  async listAuditLogs({ principal }: Caller, query: KeynestAuditLogQuery, listing: Listing) {
    const filter = await this.filterOf(query);
    const { rows, total } = await this.auditLogs.list(reachOfMemberships(principal), filter, listing);
    const numbers = await this.targetNumbers(rows);
    return { rows: rows.map((row) => presentKeynestAuditLog(row, numbers)), total };
  }

  /** @throws AppError VALIDATION_ERROR */
  private async filterOf({ user, action, target_type, date_from, date_to }: KeynestAuditLogQuery) {
    const named = action === undefined ? undefined : actionsOfKeynest(action);
    const { actions: about, ...target } = target_type === undefined ? {} : targetOfKeynest(target_type);
    const filter: AuditFilter = {
      ...target,
      actions: about ? (named?.filter((name) => about.includes(name)) ?? about) : named,
      ...parseDateRange(['date_from', date_from], ['date_to', date_to]),
    };
    if (user === undefined) return filter;
    const card = await this.users.findByNumber(user, this.dataSource.manager);
    return card ? { ...filter, userId: card.id } : { ...filter, actions: [] };
  }

  private async targetNumbers(rows: readonly AuditRecord[]): Promise<ReadonlyMap<string, number>> {
    const ids = rows.flatMap(({ targetId }) => targetId ?? []);
    const people = await this.users.find(
      [...new Set(ids.filter((id) => id.startsWith('user_')))],
      this.dataSource.manager,
    );
    const numbers = new Map(await this.numbers.numbersOf(ids));
    for (const { id, number } of people.values()) numbers.set(id, number);
    return numbers;
  }
}
