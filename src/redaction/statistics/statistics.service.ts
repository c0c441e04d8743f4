import { Injectable } from '@nestjs/common';
import { keyedDigest } from '../../crypto/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Entity, FindsIn } from '../engine/analysis.js';
import { runCooperatively } from '../engine/cooperation.js';
import type { ProtectedEntity } from '../engine/protection.js';
import { anonymize } from '../engine/statistics/k-anonymity.js';
import { MICROS } from '../engine/statistics/noise/epsilon.js';
import { SUMMARY_COLUMNS, summarize } from '../engine/statistics/private-summary.js';
import { planRelease, type ReleasePlan } from '../engine/statistics/release-plan.js';
import { digestOfTable } from '../engine/statistics/table-digest.js';
import { findInTable } from '../engine/statistics/table-findings.js';
import { openTable } from '../engine/statistics/tables/open-table.js';
import type { Table } from '../engine/statistics/tables/table.js';
import type { JsonValue } from '../engine/structure/json-event.js';
import type { DataFormat } from '../engine/structure/open-document.js';
import type { Stoppable } from '../time-limit.js';
import { KeyedNoise } from './keyed-noise.js';
import { type AuditBase, PrivacyBudgets } from './privacy-budgets.service.js';
import { type PrivacyLedger, PrivacyLedgers } from './privacy-ledgers.service.js';
import { columnsIn } from './privacy-options.js';
import type { PrivacyReport } from './privacy-report.js';
import type { StatisticsPlan } from './statistics-plan.js';

/** A table that was released, or a summary of one. */
export interface StatisticalRelease {
  readonly processed: JsonValue;
  /** Findings that are gone. */
  readonly entities: readonly ProtectedEntity[];
  /** Findings that are still there. */
  readonly left: readonly Entity[];
  readonly methodUsed: string;
  readonly privacy: PrivacyReport;
}

export interface TableInput {
  readonly data: JsonValue;
  readonly format?: DataFormat | undefined;
}

/** Writes an operation's audit row: in the transaction of its charge, where it has one. */
export type ReleaseRecorder = (
  release: Pick<StatisticalRelease, 'entities' | 'methodUsed'> & {
    readonly noted: Readonly<Record<string, number>>;
  },
  tx: Tx | undefined,
) => Promise<void>;

/** Tables released as a whole, by methods that make a promise about everybody in them. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly ledgers: PrivacyLedgers,
    private readonly budgets: PrivacyBudgets,
  ) {}

  /**
   * @throws AppError PRIVACY_BUDGET_SPENT, NOT_FOUND, VALIDATION_ERROR for want of a project; StatisticsError,
   *   EngineInputError for the data; the reason of the signal
   */
  async release(
    who: AuditBase,
    stoppable: Stoppable,
    input: TableInput,
    detector: FindsIn,
    plan: StatisticsPlan,
    record?: ReleaseRecorder,
  ): Promise<StatisticalRelease> {
    const table = await runCooperatively(
      openTable(input.data, input.format, columnsIn(plan.given)),
      stoppable,
    );
    if (plan.method === 'differential_privacy')
      return this.summarize(who, stoppable, table, detector, plan, record);
    const { report, ...released } = await runCooperatively(
      anonymize(table, detector, plan.options, { analysis: plan.confidences, redaction: plan.redaction }),
      stoppable,
    );
    const release = { ...released, methodUsed: plan.method, privacy: { method: plan.method, ...report } };
    const { k, classes, rows } = report;
    await record?.({ ...release, noted: { k, classes, suppressed: rows.suppressed } }, undefined);
    return release;
  }

  private async summarize(
    who: AuditBase,
    stoppable: Stoppable,
    table: Table,
    detector: FindsIn,
    { method, options, confidences, projectId }: Extract<StatisticsPlan, { method: 'differential_privacy' }>,
    record?: ReleaseRecorder,
  ): Promise<StatisticalRelease> {
    if (projectId === undefined) refuseWithoutProject();
    const findings = await runCooperatively(findInTable(table, detector, confidences), stoppable);
    const plan = await runCooperatively(planRelease(table, findings, options.domains), stoppable);
    const ledger = await this.ledgers.open(who.organizationId, projectId);
    const content = await runCooperatively(
      digestOfTable(table, (text) => keyedDigest(ledger.key, 'row', text)),
      stoppable,
    );
    const { epsilon, budget, dataset } = options;
    const request = keyedDigest(ledger.key, 'request', content, dataset ?? '', epsilon, textOf(plan));
    const datasets = datasetsOf(ledger, content, dataset);
    const nothing = { entities: [], left: [], methodUsed: method };
    const { charged, state } = await this.budgets.charge(
      who,
      { ledger, datasets, request, epsilon, budget },
      (tx) => record?.({ ...nothing, noted: { epsilon: epsilon / MICROS } }, tx),
    );
    const noise = new KeyedNoise(keyedDigest(ledger.key, 'noise', request));
    const rows = await runCooperatively(summarize(table, plan, epsilon, noise), stoppable);
    const inferred = plan.queries.flatMap((query) => (query.inferred ? [query.name] : []));
    return {
      ...nothing,
      processed: table.write(SUMMARY_COLUMNS, rows),
      privacy: { method, epsilon, charged, state, inferred, omitted: plan.omitted },
    };
  }
}

/** What is asked of which columns, in one spelling. */
const textOf = ({ queries }: ReleasePlan): string =>
  JSON.stringify(queries.map(({ column: _, ...query }) => query));

const datasetsOf = ({ key }: PrivacyLedger, content: string, name: string | undefined): Buffer[] => [
  keyedDigest(key, 'content', content),
  ...(name === undefined ? [] : [keyedDigest(key, 'name', name)]),
];

/** @throws AppError VALIDATION_ERROR always */
function refuseWithoutProject(): never {
  throw invalidField(
    'project_id',
    'required',
    "Privacy budgets belong to a project, and this key has no default project: send 'project_id'.",
  );
}
