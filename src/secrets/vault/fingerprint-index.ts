import { type Fingerprint, FingerprintMaker } from '../../platform/fingerprints/fingerprint.js';
import { arrange, type FingerprintSet } from '../../platform/fingerprints/fingerprint-set.js';
import type { CurrentVersion, EnvironmentRevision } from './fingerprints.repository.js';
import { formsOf } from './secret-forms.js';
import { isTelling } from './secret-strength.js';

/** A variable by whose value a text was found. */
export interface VaultVariable {
  readonly id: string;
  readonly projectId: string;
}

/** An organization's values as they were at one moment, to be found and not to be read. */
export interface VaultSnapshot {
  readonly fingerprints: FingerprintSet;
  /** Whose value each fingerprint is, by its number. */
  readonly variables: readonly VaultVariable[];
}

interface Known {
  readonly variable: VaultVariable;
  readonly version: number;
  readonly fingerprints: readonly Fingerprint[];
}

interface KnownEnvironment {
  readonly revision: number;
  /** By the variable's id. */
  readonly variables: ReadonlyMap<string, Known>;
}

/** What one process remembers of an organization's values: their fingerprints, by environment and version. */
export class FingerprintIndex {
  private environments = new Map<string, KnownEnvironment>();

  /** @param key of the organization's fingerprints */
  constructor(private readonly key: Uint8Array) {}

  /** How many fingerprints there are. */
  get size(): number {
    let size = 0;
    for (const { fingerprints } of this.all()) size += fingerprints.length;
    return size;
  }

  /** Forgets environments that are gone, and returns those that have changed. */
  outdated(now: readonly EnvironmentRevision[]): EnvironmentRevision[] {
    const ids = new Set(now.map(({ id }) => id));
    for (const id of this.environments.keys()) if (!ids.has(id)) this.environments.delete(id);
    return now.filter(({ id, revision }) => this.environments.get(id)?.revision !== revision);
  }

  isKnown({ environmentId, variableId, version }: CurrentVersion): boolean {
    return this.environments.get(environmentId)?.variables.get(variableId)?.version === version;
  }

  /** Makes fingerprints of values that are not known yet. */
  maker(): (version: CurrentVersion, value: string) => Known {
    const known = [...this.all()].flatMap(({ fingerprints }) => fingerprints);
    const maker = new FingerprintMaker(this.key, known);
    return ({ variableId: id, projectId, version }, value) => ({
      variable: { id, projectId },
      version,
      // The first form is the value itself: of the others no guess tells anything new.
      fingerprints: formsOf(value).map((form, index) => maker.make(form, index === 0 && isTelling(form))),
    });
  }

  /** @param fresh of values that were not known */
  replace(
    { id, revision }: EnvironmentRevision,
    current: readonly CurrentVersion[],
    fresh: ReadonlyMap<string, Known>,
  ): void {
    const before = this.environments.get(id)?.variables;
    const variables = new Map<string, Known>();
    for (const { variableId } of current) {
      const known = fresh.get(variableId) ?? before?.get(variableId);
      if (known) variables.set(variableId, known);
    }
    this.environments.set(id, { revision, variables });
  }

  /** Yields where other work may be let in. */
  *snapshot(): Generator<void, VaultSnapshot> {
    const variables: VaultVariable[] = [];
    const fingerprints: Fingerprint[] = [];
    for (const known of this.all()) {
      for (const fingerprint of known.fingerprints) {
        variables.push(known.variable);
        fingerprints.push(fingerprint);
      }
    }
    yield;
    return { fingerprints: yield* arrange(this.key, fingerprints), variables };
  }

  private *all(): Generator<Known> {
    for (const { variables } of this.environments.values()) yield* variables.values();
  }
}
