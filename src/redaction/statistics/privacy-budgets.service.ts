import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { AuditEntry } from '../../platform/audit/audit-entry.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { MICROS } from '../engine/statistics/noise/epsilon.js';
import { redactionError } from '../redaction.errors.js';
import { type DatasetRef, PrivacyBudgetsRepository } from './privacy-budgets.repository.js';
import type { PrivacyLedger } from './privacy-ledgers.service.js';
import { DEFAULT_BUDGET_MICROS } from './privacy-options.js';
import type { BudgetState } from './privacy-report.js';

/** Who asks, as audit rows have it. */
export type AuditBase = Pick<AuditEntry, 'organizationId' | 'actor' | 'userId' | 'requestId' | 'details'>;

/** A release that is to be charged; digests are keyed, epsilon is in millionths. */
export interface Charge {
  readonly ledger: PrivacyLedger;
  /** The data set by everything it is known by: what it holds, and its name if it has one. Each has a budget of its own. */
  readonly datasets: readonly Buffer[];
  /** Everything the answer depends on. */
  readonly request: Buffer;
  readonly epsilon: number;
  /** The budget that the caller states. */
  readonly budget: number | undefined;
}

export interface Charged {
  /** In millionths; 0 for a request that was charged before. */
  readonly charged: number;
  /** Of the budget that has least left. */
  readonly state: BudgetState;
}

const leftOf = ({ budget, spent }: BudgetState): number => budget - spent;

/** Epsilon is spent before anything is released, and one request spends it once. */
@Injectable()
export class PrivacyBudgets {
  constructor(
    private readonly repository: PrivacyBudgetsRepository,
    private readonly audit: AuditWriter,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Charges a release, with its audit row, in one transaction.
   * @param record writes what else belongs into the transaction
   * @throws AppError PRIVACY_BUDGET_SPENT
   */
  async charge(
    who: AuditBase,
    charge: Charge,
    record: (tx: Tx) => Promise<void> | undefined = () => undefined,
  ): Promise<Charged> {
    return this.unitOfWork.run(async (tx) => {
      const { id: ledgerId, organizationId } = charge.ledger;
      const release = { organizationId, ledgerId, request: charge.request };
      const isNew = await this.repository.insertRelease(release, charge.epsilon, tx);
      const refs = datasetsOf(charge);
      const states: BudgetState[] = [];
      for (const ref of refs)
        states.push(await (isNew ? this.spend(ref, charge, tx) : this.stateOf(ref, tx)));
      const state = states.reduce((least, other) => (leftOf(other) < leftOf(least) ? other : least));
      if (isNew) await this.note(who, charge, state, tx);
      await record(tx);
      return { charged: isNew ? charge.epsilon : 0, state };
    });
  }

  private async spend(ref: DatasetRef, { epsilon, budget }: Charge, tx: Tx): Promise<BudgetState> {
    await this.repository.insertBudget(ref, budget ?? DEFAULT_BUDGET_MICROS, tx);
    const state = await this.repository.charge(ref, epsilon, budget, tx);
    if (state) return state;
    throw spent(epsilon, budget, await this.stateOf(ref, tx));
  }

  private async stateOf(ref: DatasetRef, tx: Tx): Promise<BudgetState> {
    const state = await this.repository.findBudget(ref, tx);
    if (!state) throw new Error('a data set that was charged has no budget');
    return state;
  }

  private async note(who: AuditBase, { ledger, epsilon }: Charge, state: BudgetState, tx: Tx): Promise<void> {
    await this.audit.append(
      {
        ...who,
        projectId: ledger.projectId,
        action: 'privacy_budget.charged',
        details: {
          ...who.details,
          method_used: 'differential_privacy',
          epsilon: epsilon / MICROS,
          epsilon_spent: state.spent / MICROS,
          epsilon_left: leftOf(state) / MICROS,
        },
      },
      tx,
    );
  }
}

/** In one order for everybody, so that no two transactions wait for each other. */
const datasetsOf = ({ ledger, datasets }: Charge): DatasetRef[] =>
  [...datasets]
    .sort(Buffer.compare)
    .map((dataset) => ({ organizationId: ledger.organizationId, ledgerId: ledger.id, dataset }));

function spent(epsilon: number, budget: number | undefined, state: BudgetState) {
  const most = Math.min(state.budget, budget ?? state.budget);
  const left = Math.max(0, most - state.spent) / MICROS;
  return redactionError('PRIVACY_BUDGET_SPENT', {
    message: `This release asks for epsilon ${epsilon / MICROS}, and the data set has ${left} left of ${most / MICROS}. What was released before can be asked for again at no charge.`,
    details: { field: 'privacy.epsilon', constraint: 'budget' },
  });
}
