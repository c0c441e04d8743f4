import { Injectable } from '@nestjs/common';
import { listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { BatchRef } from './batch.sealer.js';

/** A document or a result, sealed. */
export interface BatchRow {
  readonly position: number;
  readonly sealed: Buffer;
}

/** A document in waiting, with the chunk it belongs to. */
export interface DocumentRow extends BatchRow {
  readonly chunk: number;
}

/** Bytes that one statement carries at most, unless a single row has more: the driver writes them in one go. */
const STATEMENT_BYTES = 512 * 1024;

/** The rows of a part: values in one piece, since the driver sends a Buffer as it is, but an array of them as hex. */
const ROWS = `
  SELECT position, chunk, substring($6::bytea FROM start + 1 FOR length) AS sealed
    FROM unnest($3::int[], $4::int[], $5::int[], $7::int[]) AS part (position, chunk, start, length)`;

const INSERT_DOCUMENTS = `
  INSERT INTO batch_documents (batch_id, organization_id, position, chunk, sealed)
  SELECT $1, $2, position, chunk, sealed FROM (${ROWS}) AS rows`;

const INSERT_RESULTS = `
  INSERT INTO batch_results (batch_id, organization_id, position, sealed)
  SELECT $1, $2, position, sealed FROM (${ROWS}) AS rows`;

/** Documents in waiting and results, in two tables: what stands in the one is never in the other. */
@Injectable()
export class BatchRowsRepository {
  async insertDocuments(batch: BatchRef, rows: readonly DocumentRow[], tx: Tx): Promise<void> {
    for (const part of parts(rows)) await tx.query(INSERT_DOCUMENTS, [...ownerOf(batch), ...columnsOf(part)]);
  }

  /** The documents of a chunk that wait, in order. */
  listChunk({ organizationId, batchId }: BatchRef, chunk: number, db: Tx): Promise<BatchRow[]> {
    return db.query(
      `SELECT position, sealed FROM batch_documents
        WHERE organization_id = $1 AND batch_id = $2 AND chunk = $3 ORDER BY position`,
      [organizationId, batchId, chunk],
    );
  }

  /** Puts results in the place of their documents; false, with nothing usable done, when not all of those waited. */
  async replaceByResults(batch: BatchRef, results: readonly BatchRow[], tx: Tx): Promise<boolean> {
    const [, count] = await tx.query(
      'DELETE FROM batch_documents WHERE batch_id = $1 AND organization_id = $2 AND position = ANY($3::int[])',
      [...ownerOf(batch), positionsOf(results)],
    );
    if (count !== results.length) return false;
    for (const part of parts(results))
      await tx.query(INSERT_RESULTS, [...ownerOf(batch), ...columnsOf(part)]);
    return true;
  }

  /** A page of results in the order of the documents. */
  listResults({ organizationId, batchId }: BatchRef, listing: Listing, db: Tx): Promise<Listed<BatchRow>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['batch_id = ?', batchId],
    ] as const;
    const sort = { position: { column: 'position', type: 'integer' } } as const;
    const query = { select: 'position, sealed', from: 'batch_results', where, sort, id: 'position::text' };
    return listRows(query, listing, db);
  }

  /** Deletes some of a batch's documents and results; returns how many. */
  async deleteSome({ organizationId, batchId }: BatchRef, limit: number, tx: Tx): Promise<number> {
    let deleted = 0;
    for (const table of ['batch_documents', 'batch_results']) {
      const [, count] = await tx.query(
        `DELETE FROM ${table} WHERE batch_id = $1 AND organization_id = $2 AND position IN
           (SELECT position FROM ${table} WHERE batch_id = $1 LIMIT $3)`,
        [batchId, organizationId, limit],
      );
      deleted += count;
    }
    return deleted;
  }
}

const ownerOf = ({ batchId, organizationId }: BatchRef): string[] => [batchId, organizationId];
const positionsOf = (rows: readonly BatchRow[]): number[] => rows.map(({ position }) => position);

/** The values of {@link ROWS}. */
function columnsOf(rows: readonly (BatchRow & Partial<DocumentRow>)[]): unknown[] {
  const lengths = rows.map(({ sealed }) => sealed.length);
  let end = 0;
  const starts = lengths.map((length) => {
    end += length;
    return end - length;
  });
  const chunks = rows.map(({ chunk = null }) => chunk);
  return [positionsOf(rows), chunks, starts, Buffer.concat(rows.map(({ sealed }) => sealed)), lengths];
}

function* parts<T extends BatchRow>(rows: readonly T[]): Generator<T[]> {
  let part: T[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (part.length > 0 && bytes + row.sealed.length > STATEMENT_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(row);
    bytes += row.sealed.length;
  }
  if (part.length > 0) yield part;
}
