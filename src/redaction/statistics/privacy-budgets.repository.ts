import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { BudgetState } from './privacy-report.js';

export interface LedgerRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly keySealed: Buffer;
}

/** Which data set of which ledger; the digest is keyed. */
export interface DatasetRef {
  readonly organizationId: string;
  readonly ledgerId: string;
  readonly dataset: Buffer;
}

interface StateRow {
  readonly budget: string;
  readonly spent: string;
}

const stateOf = ({ budget, spent }: StateRow): BudgetState => ({
  budget: Number(budget),
  spent: Number(spent),
});

@Injectable()
export class PrivacyBudgetsRepository {
  async findLedger(
    organizationId: string,
    projectId: string,
    db: Tx,
  ): Promise<Pick<LedgerRow, 'id' | 'keySealed'> | undefined> {
    const sql = `SELECT id, key_sealed AS "keySealed" FROM privacy_ledgers
                  WHERE organization_id = $1 AND project_id = $2`;
    return (await db.query(sql, [organizationId, projectId]))[0];
  }

  /** Adds a ledger, unless its project has one already. */
  async insertLedger({ id, organizationId, projectId, keySealed }: LedgerRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO privacy_ledgers (id, organization_id, project_id, key_sealed)
       SELECT $1, organization_id, id, $4 FROM projects WHERE organization_id = $2 AND id = $3
           ON CONFLICT (project_id) DO NOTHING`,
      [id, organizationId, projectId, keySealed],
    );
  }

  /**
   * Notes a release; false when this very one was noted before. Waits for one that is being noted elsewhere.
   * @param epsilon in millionths
   */
  async insertRelease(
    { organizationId, ledgerId, request }: { organizationId: string; ledgerId: string; request: Buffer },
    epsilon: number,
    tx: Tx,
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO privacy_releases (organization_id, ledger_id, request, epsilon) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING 1`,
      [organizationId, ledgerId, request, epsilon],
    );
    return rows.length > 0;
  }

  /** Gives a data set a budget, in millionths, unless it has one. */
  async insertBudget(
    { organizationId, ledgerId, dataset }: DatasetRef,
    budget: number,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO privacy_budgets (organization_id, ledger_id, dataset, budget) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING`,
      [organizationId, ledgerId, dataset, budget],
    );
  }

  /**
   * Spends from a budget; undefined when it has too little left.
   * @param most a budget that is less than the data set's takes its place; in millionths, as epsilon is
   */
  async charge(
    { organizationId, ledgerId, dataset }: DatasetRef,
    epsilon: number,
    most: number | undefined,
    tx: Tx,
  ): Promise<BudgetState | undefined> {
    const [rows]: [StateRow[], number] = await tx.query(
      `UPDATE privacy_budgets SET spent = spent + $4, budget = LEAST(budget, $5::bigint)
        WHERE organization_id = $1 AND ledger_id = $2 AND dataset = $3 AND spent + $4 <= LEAST(budget, $5::bigint)
    RETURNING budget, spent`,
      [organizationId, ledgerId, dataset, epsilon, most ?? null],
    );
    return rows[0] && stateOf(rows[0]);
  }

  async findBudget(
    { organizationId, ledgerId, dataset }: DatasetRef,
    db: Tx,
  ): Promise<BudgetState | undefined> {
    const rows: StateRow[] = await db.query(
      `SELECT budget, spent FROM privacy_budgets
        WHERE organization_id = $1 AND ledger_id = $2 AND dataset = $3`,
      [organizationId, ledgerId, dataset],
    );
    return rows[0] && stateOf(rows[0]);
  }
}
