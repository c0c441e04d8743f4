import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { AppError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { Detector } from '../engine/detector.js';
import { StatisticsError } from '../engine/statistics/statistics-error.js';
import type { JsonValue } from '../engine/structure/json-event.js';
import { TokenFixture } from '../testing/token-fixture.js';
import { PrivacyBudgetsRepository } from './privacy-budgets.repository.js';
import { PrivacyBudgets } from './privacy-budgets.service.js';
import { PrivacyLedgers } from './privacy-ledgers.service.js';
import type { GivenPrivacy } from './privacy-options.js';
import { StatisticsService } from './statistics.service.js';
import { statisticsPlanOf } from './statistics-plan.js';

const running = { signal: () => new AbortController().signal };
const detector = new Detector({ minScore: 0.4 });
const table = (first: number) => Array.from({ length: 20 }, (_, index) => ({ age: first + index }));
const BOUNDS = { bounds: { age: [0, 200] } } as const;

describe('epsilon of data sets', () => {
  let fixture: TokenFixture;
  let processes: StatisticsService[];
  let organizationId: string;
  let projectId: string;

  beforeAll(async () => {
    fixture = await TokenFixture.start();
    processes = await Promise.all([1, 2, 3].map(newProcess));
  });
  afterAll(() => fixture.stop());
  beforeEach(async () => {
    organizationId = await fixture.organization();
    projectId = await fixture.project(organizationId);
  });

  /** Another process: its own connections and its own keys. */
  async function newProcess(): Promise<StatisticsService> {
    const { work } = await fixture.process();
    const { dataSource } = fixture.database;
    const sealer = fixture.sealer();
    const repository = new PrivacyBudgetsRepository();
    const budgets = new PrivacyBudgets(repository, new AuditWriter(dataSource, sealer), work);
    return new StatisticsService(new PrivacyLedgers(repository, sealer, work, dataSource), budgets);
  }

  const release = async (
    data: JsonValue,
    privacy: GivenPrivacy,
    project = projectId,
    service = processes[0],
  ) => {
    const tokens = { organizationId, projectId: project };
    const options = {
      method: 'differential_privacy',
      preserve_context: false,
      confidence_threshold: 0.85,
      tokens,
      privacy: { ...BOUNDS, ...privacy },
    };
    const plan = statisticsPlanOf(options);
    if (!plan || !service) throw new Error('no plan');
    const who = {
      organizationId,
      actor: { type: 'system', id: 'test' },
      requestId: newId('req'),
      details: {},
    } as const;
    return service.release(who, running, { data }, detector, plan);
  };
  const spentOn = async (): Promise<{ budget: number; spent: number }[]> =>
    fixture.database.dataSource.query(
      'SELECT budget::int AS budget, spent::int AS spent FROM privacy_budgets WHERE organization_id = $1 ORDER BY spent',
      [organizationId],
    );
  const charges = async (): Promise<number> =>
    (
      await fixture.database.dataSource.query(
        "SELECT count(*)::int AS n FROM audit_logs WHERE organization_id = $1 AND action = 'privacy_budget.charged'",
        [organizationId],
      )
    )[0].n;
  const outcomeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'released',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );

  it('are never overspent, however many processes release at once, and each charge has its audit row', async () => {
    const requests = Array.from({ length: 24 }, (_, index) =>
      outcomeOf(
        release(table(1), { epsilon: 0.3 + index / 1_000, budget: 2 }, projectId, processes[index % 3]),
      ),
    );
    const outcomes = await Promise.all(requests);
    const released = outcomes.filter((outcome) => outcome === 'released').length;
    expect(new Set(outcomes)).toEqual(new Set(['released', 'PRIVACY_BUDGET_SPENT']));
    expect(released).toBe(6);
    const [state] = await spentOn();
    expect(state?.spent).toBeLessThanOrEqual(2_000_000);
    expect(await charges()).toBe(released);
  });

  it('are charged once for one request, whose noise is always the same', async () => {
    const requests = Array.from({ length: 9 }, (_, index) =>
      release(table(1), {}, projectId, processes[index % 3]),
    );
    const releases = await Promise.all(requests);
    const answers = new Set(releases.map(({ processed }) => JSON.stringify(processed)));
    expect(answers.size).toBe(1);
    const charged = releases.map(({ privacy }) =>
      privacy.method === 'differential_privacy' ? privacy.charged : -1,
    );
    expect(charged.sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1_000_000]);
    expect(await spentOn()).toEqual([{ budget: 10_000_000, spent: 1_000_000 }]);
    expect(await charges()).toBe(1);
    const shuffled = await release([...table(1)].reverse(), {}, projectId, processes[1]);
    expect(shuffled.processed).toEqual(releases[0]?.processed);
  });

  it('make other noise for other data, another epsilon and another project', async () => {
    const other = await fixture.project(organizationId);
    const releases = [
      await release(table(1), {}),
      await release(table(1), { epsilon: 1.000001 }),
      await release(table(1), {}, other),
      await release(table(1), { dataset: 'x' }),
    ];
    const answers = new Set(releases.map(({ processed }) => JSON.stringify(processed)));
    expect(answers.size).toBe(4);
    expect(await spentOn()).toHaveLength(3);
  });

  it('are shared by all tables of one name, and another name gives a table no second budget', async () => {
    for (const first of [1, 2]) await release(table(first), { dataset: 'register', budget: 2.5 });
    expect(await outcomeOf(release(table(3), { dataset: 'register' }))).toBe('PRIVACY_BUDGET_SPENT');
    await release(table(1), { dataset: 'other' });
    expect(await outcomeOf(release(table(1), { dataset: 'third', epsilon: 0.6 }))).toBe(
      'PRIVACY_BUDGET_SPENT',
    );
  });

  it('are only ever lowered', async () => {
    await release(table(1), { budget: 3 });
    await release(table(1), { epsilon: 0.5, budget: 100 });
    expect(await spentOn()).toEqual([{ budget: 3_000_000, spent: 1_500_000 }]);
    await release(table(1), { epsilon: 0.25, budget: 2 });
    expect(await spentOn()).toEqual([{ budget: 2_000_000, spent: 1_750_000 }]);
  });

  it('are not spent by what is refused, nor in a project of somebody else', async () => {
    await expect(release('John Smith called.', {})).rejects.toBeInstanceOf(StatisticsError);
    await expect(release(table(1), { bounds: { height: [0, 1] } })).rejects.toBeInstanceOf(StatisticsError);
    const foreign = await fixture.project(await fixture.organization());
    expect(await outcomeOf(release(table(1), {}, foreign))).toBe('NOT_FOUND');
    expect(await spentOn()).toEqual([]);
    expect(await charges()).toBe(0);
  });
});
