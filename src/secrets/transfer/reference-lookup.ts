import { mayReveal } from '../environments/environments.service.js';
import type { Reference } from '../references/reference.js';
import type { LookedUp } from '../references/resolution.js';
import type { ReachedEnvironment } from './environment-reach.service.js';

/** What one resolution asks of the rest. */
export interface LinkSource {
  readonly findEnvironment: (
    from: ReachedEnvironment,
    project: string,
    environment: string,
  ) => Promise<ReachedEnvironment | undefined>;
  readonly hasVariable: (place: ReachedEnvironment, key: string) => Promise<boolean>;
  readonly openValue: (place: ReachedEnvironment, key: string) => Promise<string | undefined>;
}

/** Values that were read of one environment by following references. */
export interface LinkedReading {
  readonly place: ReachedEnvironment;
  readonly keys: ReadonlySet<string>;
}

/** One resolution's view of the organization: each place is entered once, each value read once, whoever refers to it. */
export class ReferenceLookup {
  private readonly places = new Map<string, ReachedEnvironment>();
  private readonly named = new Map<string, Promise<ReachedEnvironment | undefined>>();
  private readonly looked = new Map<string, Promise<LookedUp>>();
  private readonly read = new Map<string, Set<string>>();

  /** @param known values of the start's environment that the reader has been given anyway */
  constructor(
    private readonly source: LinkSource,
    private readonly start: ReachedEnvironment,
    private readonly known: ReadonlyMap<string, string>,
  ) {
    this.places.set(start.environment.id, start);
  }

  /** What the reader got beside what they were given. */
  get readings(): LinkedReading[] {
    const found: LinkedReading[] = [];
    for (const [id, keys] of this.read) {
      const place = this.places.get(id);
      if (place) found.push({ place, keys });
    }
    return found;
  }

  async lookUp({ project, environment, key }: Reference, fromPlace: string): Promise<LookedUp> {
    const from = this.places.get(fromPlace);
    const isLocal = project === undefined || environment === undefined;
    const place = isLocal || !from ? from : await this.placeOf(from, project, environment);
    if (!place) return { status: 'missing' };
    const { id } = place.environment;
    return remembered(this.looked, `${id} ${key}`, () => this.valueOf(place, key));
  }

  private async placeOf(from: ReachedEnvironment, project: string, environment: string) {
    const name = JSON.stringify([from.environment.projectId, project, environment]);
    const place = await remembered(this.named, name, () =>
      this.source.findEnvironment(from, project, environment),
    );
    if (!place) return undefined;
    const { id } = place.environment;
    const known = this.places.get(id) ?? place;
    this.places.set(id, known);
    return known;
  }

  private async valueOf(place: ReachedEnvironment, key: string): Promise<LookedUp> {
    if (!mayReveal(place.caller.principal)) {
      return { status: (await this.source.hasVariable(place, key)) ? 'forbidden' : 'missing' };
    }
    const { id } = place.environment;
    const given = id === this.start.environment.id ? this.known.get(key) : undefined;
    const value = given ?? (await this.source.openValue(place, key));
    if (value === undefined) return { status: 'missing' };
    if (given === undefined) this.read.set(id, (this.read.get(id) ?? new Set()).add(key));
    return { status: 'found', place: id, key, value };
  }
}

function remembered<T>(known: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const before = known.get(name);
  if (before) return before;
  const made = make();
  known.set(name, made);
  return made;
}
