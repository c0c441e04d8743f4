import type { JsonValue } from '../../structure/json-event.js';
import type { DataFormat } from '../../structure/open-document.js';
import { notATable } from '../statistics-error.js';
import { readCsvTable } from './csv-table.js';
import { readJsonTextTable } from './json-text-table.js';
import { readJsonValueTable } from './json-value-table.js';
import type { Table } from './table.js';

/**
 * The table that data in a format is; without a format a string is text, and any other value JSON.
 * @param named names of columns that the caller has given: where one stands in the first record of CSV, that is the header
 * @throws EngineInputError INVALID_CSV, INVALID_JSON, TOO_DEEP; StatisticsError NOT_A_TABLE
 */
export function* openTable(
  data: JsonValue,
  format: DataFormat | undefined,
  named: Iterable<string> = [],
): Generator<void, Table> {
  if (typeof data !== 'string') {
    if (format === 'csv') throw notATable('with format "csv" it must be a string');
    return yield* readJsonValueTable(data);
  }
  if (format === 'json') return yield* readJsonTextTable(data);
  if (format === 'csv') return yield* readCsvTable(data, new Set(named));
  throw notATable('it is free text');
}
