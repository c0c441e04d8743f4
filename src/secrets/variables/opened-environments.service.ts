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

/** An environment with its variables, as they were when it was last read. */
export interface OpenedEnvironment {
  readonly environment: EnvironmentRow;
  readonly variables: readonly Variable[];
}

interface Kept extends OpenedEnvironment {
  /** The latest that was read, of this revision. */
  environment: EnvironmentRow;
  readonly characters: number;
  /** Forgets them when their time is up. */
  readonly timer: NodeJS.Timeout;
}

/**
 * The variables of environments, opened. Which revision holds is asked of the database for every request, so what is
 * shown is never older than the request; what it spares is opening the same values again and again.
 */
@Injectable()
export class OpenedEnvironments {
  private readonly opened = new Map<string, Kept>();
  private characters = 0;

  constructor(
    private readonly repository: VariablesRepository,
    private readonly opener: VariableOpener,
    private readonly dataSource: DataSource,
  ) {}

  /** In the order in which they were made. @param environment as it was read for this request */
  async variablesOf(environment: EnvironmentRow): Promise<readonly Variable[]> {
    const known = this.opened.get(environment.id);
    if (known?.environment.revision === environment.revision) {
      known.environment = environment;
      return known.variables;
    }
    const variables = await this.open(environment);
    this.remember(environment, variables);
    return variables;
  }

  /** What is remembered, be it still so or not: to be shown to nobody before the database was asked. */
  remembered(organizationId: string, id: string): OpenedEnvironment | undefined {
    const known = this.opened.get(id);
    return known?.environment.organizationId === organizationId ? known : undefined;
  }

  private async open({ organizationId, id }: EnvironmentRow): Promise<readonly Variable[]> {
    const db = this.dataSource.manager;
    return this.opener.openAll(await this.repository.list(organizationId, id, db), db);
  }

  private remember(environment: EnvironmentRow, variables: readonly Variable[]): void {
    const { id } = environment;
    this.forget(id);
    const characters = variables.reduce(
      (sum, { value, note }) => sum + value.length + (note?.length ?? 0),
      0,
    );
    const timer = setTimeout(() => this.forget(id), KEPT_MS).unref();
    this.opened.set(id, { environment, characters, variables, timer });
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
