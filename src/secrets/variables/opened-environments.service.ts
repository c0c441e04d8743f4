import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import type { Variable } from './variable.js';
import { VariableOpener } from './variable-opener.service.js';
import { VariablesRepository } from './variables.repository.js';

/** How long opened values stay in memory after they were opened, in milliseconds: as long as an opened key does. */
const KEPT_MS = 60_000;
/** Most characters of values that are kept, of all environments together. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

interface Opened {
  readonly revision: number;
  readonly characters: number;
  readonly variables: readonly Variable[];
  /** Forgets them when their time is up. */
  readonly timer: NodeJS.Timeout;
}

/**
 * The variables of environments, opened. Which revision holds is read from the database for every request, so what is
 * remembered is never older than the request; what it spares is opening the same values again and again.
 */
@Injectable()
export class OpenedEnvironments {
  private readonly opened = new Map<string, Opened>();
  private characters = 0;

  constructor(
    private readonly repository: VariablesRepository,
    private readonly opener: VariableOpener,
    private readonly dataSource: DataSource,
  ) {}

  /** In the order in which they were made. @param environment as it was read for this request */
  async variablesOf(environment: EnvironmentRow): Promise<readonly Variable[]> {
    const { id, revision } = environment;
    const known = this.opened.get(id);
    if (known?.revision === revision) return known.variables;
    const variables = await this.open(environment);
    this.remember(id, revision, variables);
    return variables;
  }

  private async open({ organizationId, id }: EnvironmentRow): Promise<readonly Variable[]> {
    const db = this.dataSource.manager;
    return this.opener.openAll(await this.repository.list(organizationId, id, db), db);
  }

  private remember(id: string, revision: number, variables: readonly Variable[]): void {
    this.forget(id);
    const characters = variables.reduce(
      (sum, { value, note }) => sum + value.length + (note?.length ?? 0),
      0,
    );
    const timer = setTimeout(() => this.forget(id), KEPT_MS).unref();
    this.opened.set(id, { revision, characters, variables, timer });
    this.characters += characters;
    for (const oldest of this.opened.keys()) {
      if (this.characters <= MOST_CHARACTERS) break;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    const known = this.opened.get(id);
    if (!known) return;
    clearTimeout(known.timer);
    this.opened.delete(id);
    this.characters -= known.characters;
  }
}
