import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers of writes, kept for their repetition. */
export class Idempotency1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE idempotency_keys (
         organization_id text NOT NULL REFERENCES organizations (id),
         user_id text NOT NULL REFERENCES users (id),
         hash bytea NOT NULL,
         sealed bytea NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now(),
         expires_at timestamptz NOT NULL,
         PRIMARY KEY (organization_id, user_id, hash))`,
    );
    await runner.query('CREATE INDEX idempotency_keys_expires_at ON idempotency_keys (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
