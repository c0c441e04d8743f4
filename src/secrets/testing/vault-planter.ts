import type { DataSource } from 'typeorm';
import type { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { VariableSealer } from '../variables/variable-sealer.service.js';
import { Vault } from '../vault/vault.service.js';
import { VaultsRepository } from '../vault/vaults.repository.js';

interface Place {
  readonly organizationId: string;
  readonly projectId: string;
}

/** Variables as their tables have them, for tests that need no more of them. */
export class VaultPlanter {
  private readonly variables: VariableSealer;
  private readonly vault: Vault;

  constructor(
    private readonly dataSource: DataSource,
    sealer: Sealer,
  ) {
    this.variables = new VariableSealer(sealer);
    this.vault = new Vault(new VaultsRepository(), sealer);
  }

  async project(organizationId: string, userId: string): Promise<string> {
    const id = newId('proj');
    await this.dataSource.query(
      'INSERT INTO projects (id, organization_id, name, created_by) VALUES ($1, $2, $1, $3)',
      [id, organizationId, userId],
    );
    return id;
  }

  async environment(organizationId: string, projectId: string): Promise<string> {
    const id = newId('env');
    await this.dataSource.query(
      `INSERT INTO environments (id, organization_id, project_id, name, environment_type, created_by)
       VALUES ($1, $2, $3, $1, 'production', 'user_test')`,
      [id, organizationId, projectId],
    );
    return id;
  }

  /** A new variable; returns its id. */
  set(environmentId: string, key: string, value: string): Promise<string> {
    return this.revise(environmentId, async (place, revision, tx) => {
      const id = newId('var');
      await tx.query(
        `INSERT INTO variables (id, organization_id, project_id, environment_id, key, live_key, version, created_by)
         VALUES ($1, $2, $3, $4, $5, $5, 1, 'user_test')`,
        [id, place.organizationId, place.projectId, environmentId, key],
      );
      await this.write({ ...place, environmentId, variableId: id, key, version: 1 }, value, revision, tx);
      return id;
    });
  }

  change(environmentId: string, id: string, value: string): Promise<void> {
    return this.revise(environmentId, async (place, revision, tx) => {
      const [[row]] = await tx.query(
        'UPDATE variables SET version = version + 1 WHERE id = $1 RETURNING key, version',
        [id],
      );
      await this.write({ ...place, environmentId, variableId: id, ...row }, value, revision, tx);
    });
  }

  remove(environmentId: string, id: string): Promise<void> {
    return this.revise(environmentId, async (_, __, tx) => {
      await tx.query('UPDATE variables SET deleted_at = now(), live_key = NULL WHERE id = $1', [id]);
    });
  }

  /** Destroys the version in use. */
  destroy(environmentId: string, id: string): Promise<void> {
    return this.revise(environmentId, async (_, __, tx) => {
      await tx.query(
        'UPDATE variable_versions SET value_sealed = NULL, key_sealed = NULL WHERE variable_id = $1',
        [id],
      );
    });
  }

  removeEnvironment(environmentId: string): Promise<void> {
    return this.revise(environmentId, async (_, __, tx) => {
      await tx.query('DELETE FROM environments WHERE id = $1', [environmentId]);
    });
  }

  private async write(
    place: Place & { environmentId: string; variableId: string; key: string; version: number },
    value: string,
    revision: number,
    tx: Tx,
  ): Promise<void> {
    const { valueSealed, keySealed } = await this.variables.seal(place, { value, note: null }, tx);
    const { organizationId, environmentId, variableId, version, key } = place;
    await tx.query(
      `INSERT INTO variable_versions (organization_id, environment_id, variable_id, version, revision, change, key,
                                      value_sealed, key_sealed)
       VALUES ($1, $2, $3, $4, $5, 'created', $6, $7, $8)`,
      [organizationId, environmentId, variableId, version, revision, key, valueSealed, keySealed],
    );
  }

  private revise<T>(
    environmentId: string,
    work: (place: Place, revision: number, tx: Tx) => Promise<T>,
  ): Promise<T> {
    return this.dataSource.transaction(async (tx) => {
      const [[{ revision, ...place }]] = await tx.query(
        `UPDATE environments SET revision = revision + 1 WHERE id = $1
         RETURNING revision, organization_id AS "organizationId", project_id AS "projectId"`,
        [environmentId],
      );
      await this.vault.digester(place.organizationId, tx);
      const result = await work(place, revision, tx);
      await this.vault.touch(place.organizationId, tx);
      return result;
    });
  }
}
