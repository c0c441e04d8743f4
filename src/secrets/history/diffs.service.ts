import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentNewsWriter } from '../environments/environment-news.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { EnvironmentsService, mayReveal } from '../environments/environments.service.js';
import { HIDDEN, isAs, type VariableDraft } from '../variables/variable.js';
import type { VersionInForce } from '../variables/variable-versions.repository.js';
import { type PastEnvironment, PastEnvironments } from './past-environments.service.js';
import type { Point } from './point.js';

/** What became of one variable between two points. */
export interface Difference {
  readonly variableId: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Its key at the later point, or the last it had. */
  readonly key: string;
  readonly from: DiffedVersion | null;
  readonly to: DiffedVersion | null;
}

/** One side of a difference. */
export interface DiffedVersion {
  readonly key: string;
  readonly version: number;
  /** `[HIDDEN]` for whoever may not read it; null once it was destroyed. */
  readonly value: string | null;
}

/** Two points of an environment, and what lies between them. */
export interface Diff {
  readonly fromRevision: number;
  readonly toRevision: number;
  readonly unchanged: number;
  readonly differences: readonly Difference[];
}

/** Compares what an environment was at two points. Whoever is shown values is on record for it before they are. */
@Injectable()
export class DiffsService {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly past: PastEnvironments,
    private readonly news: EnvironmentNewsWriter,
  ) {}

  /** @param to now when absent. @throws AppError NOT_FOUND, VALIDATION_ERROR */
  async diff(caller: Caller, id: string, from: Point, to: Point | undefined): Promise<Diff> {
    const environment = await this.environments.getRow(caller, id);
    const before = await this.past.at(environment, from, 'from');
    const after = await this.past.at(environment, to ?? { revision: environment.revision }, 'to');
    const pairs = pairsOf(before, after);
    const reveals = mayReveal(caller.principal);
    const differences: Difference[] = [];
    for (const pair of pairs) differences.push(...(await this.differenceIn(environment, pair, reveals)));
    if (reveals && differences.length > 0) {
      const details = { from_revision: before.revision, to_revision: after.revision };
      const extent = { counts: { variables: differences.length }, details };
      await this.news.tellOfReading(caller, environment, 'read', extent);
    }
    const unchanged = pairs.length - differences.length;
    return { fromRevision: before.revision, toRevision: after.revision, unchanged, differences };
  }

  private async differenceIn(
    environment: EnvironmentRow,
    [was, is]: Pair,
    reveals: boolean,
  ): Promise<Difference[]> {
    if (was?.version === is?.version) return [];
    const from = was && (await this.past.open(environment, was));
    const to = is && (await this.past.open(environment, is));
    // Changed, and changed back.
    if (from && to && isAs(from, to)) return [];
    const shown = (version: VersionInForce | undefined, draft: VariableDraft | undefined) =>
      version ? { key: version.key, version: version.version, value: draft ? draft.value : null } : null;
    const hidden = (side: DiffedVersion | null) =>
      side && { ...side, value: side.value === null ? null : HIDDEN };
    const sides = [shown(was, from), shown(is, to)] as const;
    const [before, after] = reveals ? sides : [hidden(sides[0]), hidden(sides[1])];
    const change = !was ? 'added' : !is ? 'removed' : 'changed';
    const named = is ?? was;
    return named ? [{ variableId: named.variableId, change, key: named.key, from: before, to: after }] : [];
  }
}

type Pair = readonly [was: VersionInForce | undefined, is: VersionInForce | undefined];

/** What held of each variable at both points, by the key it had last. */
function pairsOf(before: PastEnvironment, after: PastEnvironment): Pair[] {
  const was = new Map(before.variables.map((version) => [version.variableId, version]));
  const is = new Map(after.variables.map((version) => [version.variableId, version]));
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  const keyOf = (id: string): string => (is.get(id) ?? was.get(id))?.key ?? '';
  const placed = ids.map((id) => ({ id, place: `${keyOf(id)} ${id}` }));
  placed.sort((a, b) => (a.place < b.place ? -1 : 1));
  return placed.map(({ id }) => [was.get(id), is.get(id)]);
}
