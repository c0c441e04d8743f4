import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';

/** A stored configuration: its value, or where that is a secret its sealed value. */
export interface ConfigRow {
  readonly name: string;
  readonly value: unknown;
  readonly valueSealed: Buffer | null;
}

/** Configurations of the instance: rows are there for what differs from its default. */
@Injectable()
export class ConfigsRepository {
  list(db: Tx): Promise<ConfigRow[]> {
    return db.query('SELECT name, value, value_sealed AS "valueSealed" FROM configs');
  }

  /** Keeps other changes waiting until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('redoubt configs'))`);
  }

  async put({ name, value, valueSealed }: ConfigRow, updatedBy: string, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO configs (name, value, value_sealed, updated_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (name) DO UPDATE
          SET value = excluded.value, value_sealed = excluded.value_sealed, updated_by = excluded.updated_by,
              updated_at = now()`,
      [name, value === undefined ? null : JSON.stringify(value), valueSealed, updatedBy],
    );
  }

  /** Brings back the default. */
  async remove(name: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM configs WHERE name = $1', [name]);
  }
}
