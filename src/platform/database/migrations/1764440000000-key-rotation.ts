import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a key wraps is counted before it is removed, and looked for when it is. */
export class KeyRotation1764440000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX data_keys_organization_key_id ON data_keys (organization_key_id)');
    await runner.query('CREATE INDEX organization_keys_master_key_id ON organization_keys (master_key_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX organization_keys_master_key_id');
    await runner.query('DROP INDEX data_keys_organization_key_id');
  }
}
