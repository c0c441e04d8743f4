import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuditDetails } from '../../platform/audit/audit-entry.js';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentNewsWriter } from '../environments/environment-news.service.js';
import { mayReveal } from '../environments/environments.service.js';
import { markersIn, type Reference, referencesIn } from '../references/reference.js';
import type { ReferenceProblem } from '../references/resolution.js';
import { VariableOpener } from '../variables/variable-opener.service.js';
import { type VariableRow, VariablesRepository } from '../variables/variables.repository.js';
import type { ReachedEnvironment } from './environment-reach.service.js';
import { LinkedEnvironments } from './linked-environments.service.js';
import { ReferencesService } from './references.service.js';

/** Values by the references that lead to them, as these are written. */
export type LinkedValues = ReadonlyMap<string, string>;

/** References that lead nowhere, or to what their reader may not read. */
export class BrokenLinks extends Error {
  override readonly name = 'BrokenLinks';

  constructor(readonly problems: readonly ReferenceProblem[]) {
    super('references cannot be followed');
  }
}

/** For whom values are read, and with whose rights. */
export interface LinkReading {
  /** In the audit log. */
  readonly requester: Caller;
  /** As they are at home in the organization. */
  readonly reader: Caller;
  /** What the entries say beside the environment. */
  readonly details: AuditDetails;
}

interface Found {
  readonly reference: Reference;
  readonly place: ReachedEnvironment;
  readonly row: VariableRow;
}

/** Variables that stand as `${project.environment.KEY}` in settings elsewhere, which hold references and no values. */
@Injectable()
export class SecretLinks {
  constructor(
    private readonly links: LinkedEnvironments,
    private readonly references: ReferencesService,
    private readonly variables: VariablesRepository,
    private readonly opener: VariableOpener,
    private readonly news: EnvironmentNewsWriter,
    private readonly dataSource: DataSource,
  ) {}

  /** What is wrong with the references in texts, for somebody; reads no value. */
  async problemsOf(reader: Caller, texts: readonly string[]): Promise<readonly ReferenceProblem[]> {
    return (await this.find(reader, texts)).problems;
  }

  /**
   * The values that the references in texts lead to. Resolved means that it is on record who got them: an entry for each
   * environment.
   * @throws BrokenLinks when one cannot be followed
   */
  async read({ requester, reader, details }: LinkReading, texts: readonly string[]): Promise<LinkedValues> {
    const { found, problems } = await this.find(reader, texts);
    if (problems.length > 0) throw new BrokenLinks(problems);
    const values = new Map<string, string>();
    for (const [place, links] of byPlace(found)) {
      const db = this.dataSource.manager;
      const opened = await this.opener.openAll(
        links.map(({ row }) => row),
        db,
      );
      const resolved = await this.references.resolve(place.caller, place.environment, opened);
      for (const [at, { id }] of opened.entries()) {
        const { value = '', problems: more = [] } = resolved.get(id) ?? {};
        if (more.length > 0) throw new BrokenLinks(more);
        const text = links[at]?.reference.text;
        if (text !== undefined) values.set(text, value);
      }
      const extent = { counts: { variables: new Set(opened.map(({ id }) => id)).size }, details };
      await this.news.tellOfReading(requester, place.environment, 'read', extent);
    }
    return values;
  }

  private async find(reader: Caller, texts: readonly string[]) {
    const references = new Map(texts.flatMap(referencesIn).map((reference) => [reference.text, reference]));
    const found: Found[] = [];
    const problems: ReferenceProblem[] = [];
    for (const reference of references.values()) {
      const outcome = await this.follow(reader, reference);
      if (typeof outcome !== 'string') found.push({ reference, ...outcome });
      else problems.push({ reference: reference.text, reason: outcome });
    }
    return { found, problems };
  }

  private async follow(
    reader: Caller,
    { project, environment, key }: Reference,
  ): Promise<Omit<Found, 'reference'> | 'missing' | 'forbidden'> {
    if (project === undefined || environment === undefined) return 'missing';
    const place = await this.links.findFor(reader, project, environment);
    if (!place) return 'missing';
    const { organizationId, id } = place.environment;
    const [row] = await this.variables.listByKeys(organizationId, id, [key], this.dataSource.manager);
    if (!row) return 'missing';
    return mayReveal(place.caller.principal) ? { place, row } : 'forbidden';
  }
}

/** A text with values in place of its references, and with dollar signs where they were doubled. */
export function filled(text: string, values: LinkedValues): string {
  let done = '';
  let position = 0;
  for (const marker of markersIn(text)) {
    done += text.slice(position, marker.start);
    position = marker.end;
    done += 'dollars' in marker ? '$'.repeat(marker.dollars) : (values.get(marker.text) ?? marker.text);
  }
  return done + text.slice(position);
}

function byPlace(found: readonly Found[]): Map<ReachedEnvironment, Found[]> {
  const places = new Map<string, ReachedEnvironment>();
  const links = new Map<ReachedEnvironment, Found[]>();
  for (const one of found) {
    const { id } = one.place.environment;
    const place = places.get(id) ?? one.place;
    places.set(id, place);
    links.set(place, [...(links.get(place) ?? []), one]);
  }
  return links;
}
