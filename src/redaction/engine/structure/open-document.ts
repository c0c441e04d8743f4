import { EngineInputError } from '../engine-error.js';
import { CsvDocument } from './csv-document.js';
import type { JsonValue } from './json-event.js';
import { JsonTextDocument } from './json-text-document.js';
import { JsonValueDocument } from './json-value-document.js';
import type { StructuredDocument } from './structured-document.js';
import { TextDocument } from './text-document.js';

export type DataFormat = 'text' | 'json' | 'csv';

/**
 * The reader for data in a format; without one a string is text and any other value JSON. A string in format `json` is JSON
 * text. A value that is no string is walked as JSON in format `text` too.
 * @throws EngineInputError `INVALID_CSV` when format is `csv` and the data no string. Malformed data is reported when the
 *   document is read.
 */
export function openDocument(data: string, format?: DataFormat): StructuredDocument<string>;
export function openDocument(data: JsonValue, format?: DataFormat): StructuredDocument<JsonValue>;
export function openDocument(data: JsonValue, format?: DataFormat): StructuredDocument<JsonValue> {
  if (typeof data === 'string') return openText(data, format ?? 'text');
  if (format !== 'csv') return new JsonValueDocument(data);
  throw new EngineInputError(
    'INVALID_CSV',
    'With format "csv" the data must be a string of CSV text. Send objects and arrays with format "json".',
  );
}

function openText(text: string, format: DataFormat): StructuredDocument<string> {
  if (format === 'json') return new JsonTextDocument(text);
  return format === 'csv' ? new CsvDocument(text) : new TextDocument(text);
}
