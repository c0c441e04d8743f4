import { detectDelimiter } from '../../../engine/structure/csv-dialect.js';
import { CsvScanner } from '../../../engine/structure/csv-scanner.js';
import { readTable } from '../../../engine/structure/csv-table.js';
import { decodeText } from '../../text/text-encoding.js';
import type { Extractor } from '../document-extractor.js';
import { TextBuilder } from '../text-builder.js';

const RECORDS_PER_BEAT = 50_000;

/**
 * CSV as one table, a record to a line.
 * @throws DocumentFailure `DOCUMENT_UNDECODABLE`, `DOCUMENT_TOO_LARGE`; EngineInputError `INVALID_CSV`
 */
export const extractCsv: Extractor = async (document, { progress }) => {
  const { text } = decodeText(document);
  const delimiter = detectDelimiter(text);
  const builder = new TextBuilder();
  const beat = (done: number): void => progress({ stage: 'reading', done, total: text.length });
  builder.table(recordsOf(text, delimiter, beat), readTable(text, delimiter).hasHeader);
  return builder.end(undefined);
};

function* recordsOf(
  text: string,
  delimiter: string,
  beat: (done: number) => void,
): Generator<string[], void> {
  let cells: string[] = [];
  let record = 0;
  for (const cell of new CsvScanner(text, delimiter).cells()) {
    if (cell.record !== record) {
      if (record % RECORDS_PER_BEAT === 0) beat(cell.start);
      yield cells;
      cells = [];
      record = cell.record;
    }
    cells.push(cell.text);
  }
  if (cells.length > 0) yield cells;
}
