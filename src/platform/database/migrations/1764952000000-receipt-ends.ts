import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ends receipts, each once; answers the ids of those that were not over yet. A statement that is planned once is planned by the size that
 * its tables have then: while there are few receipts the planner would rather read all of them than find one by its id, and a
 * minute later there are many thousands. A function has a setting of its own against that, and `IS TRUE` keeps the planner from any other
 * index than that of the ids.
 */
const END = `
  CREATE FUNCTION end_chat_receipts(ends jsonb) RETURNS SETOF text
  LANGUAGE plpgsql SET enable_seqscan = off AS $$
  DECLARE
    given record;
  BEGIN
    FOR given IN
      SELECT * FROM jsonb_to_recordset(ends) AS each_end (
        id text, organization_id text, status text, upstream_id text, upstream_name text, answer_sha256 bytea,
        answer_bytes bigint, restored integer, unresolved integer, usage jsonb, finish_reasons jsonb, attempts integer,
        error_code text, outcome_sealed bytea, first_byte_ms integer, duration_ms integer, ended_at timestamptz)
    LOOP
      UPDATE chat_receipts r
         SET status = given.status, upstream_id = coalesce(given.upstream_id, r.upstream_id),
             upstream_name = coalesce(given.upstream_name, r.upstream_name), answer_sha256 = given.answer_sha256,
             answer_bytes = given.answer_bytes, restored = given.restored, unresolved = given.unresolved,
             usage = given.usage, finish_reasons = given.finish_reasons, attempts = given.attempts,
             error_code = given.error_code, outcome_sealed = given.outcome_sealed, first_byte_ms = given.first_byte_ms,
             duration_ms = given.duration_ms, ended_at = given.ended_at
       WHERE r.id = given.id AND (r.organization_id = given.organization_id) IS TRUE
         AND (r.status = 'sent' OR (r.status = 'failed' AND r.error_code = 'PROCESS_ENDED')) IS TRUE;
      IF FOUND THEN
        RETURN NEXT given.id;
      END IF;
    END LOOP;
  END $$`;

/** The end of a receipt is found by its index, however many receipts there were when its statement was planned. */
export class ReceiptEnds1764952000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(END);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION end_chat_receipts');
  }
}
