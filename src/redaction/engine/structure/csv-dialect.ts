import { EngineInputError } from '../engine-error.js';
import { CsvScanner } from './csv-scanner.js';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE_LENGTH = 64 * 1024;
const SAMPLE_RECORDS = 100;

interface Fit {
  readonly delimiter: string;
  /** Share of records with the most frequent number of cells. */
  readonly consistency: number;
  /** That number. */
  readonly columns: number;
  readonly widest: number;
}

/**
 * The delimiter under which most of the first records have the same number of cells, two at least; among equals the one that
 * gives more cells. When there is none: one that divides any record at all, and else the comma.
 */
export function detectDelimiter(text: string): string {
  const fits = DELIMITERS.map((delimiter) => fitOf(text, delimiter)).filter(({ widest }) => widest > 1);
  const tabular = fits.filter(({ columns }) => columns > 1);
  tabular.sort((a, b) => b.consistency - a.consistency || b.columns - a.columns);
  return (tabular[0] ?? fits[0])?.delimiter ?? ',';
}

function fitOf(text: string, delimiter: string): Fit {
  const frequencies = new Map<number, number>();
  const lengths = recordLengths(text, delimiter);
  for (const length of lengths) frequencies.set(length, (frequencies.get(length) ?? 0) + 1);
  let columns = 0;
  let most = 0;
  let widest = 0;
  for (const [length, frequency] of frequencies) {
    widest = Math.max(widest, length);
    if (frequency < most || (frequency === most && length < columns)) continue;
    columns = length;
    most = frequency;
  }
  return { delimiter, consistency: most / Math.max(1, lengths.length), columns, widest };
}

/** Cells per record of the sample; none when it cannot be read with this delimiter. */
function recordLengths(text: string, delimiter: string): number[] {
  const end = Math.min(text.length, SAMPLE_LENGTH);
  const lengths: number[] = [];
  try {
    for (const { record, column } of new CsvScanner(text, delimiter, end).cells()) {
      if (record === SAMPLE_RECORDS) return lengths;
      lengths[record] = column + 1;
    }
  } catch (error) {
    if (error instanceof EngineInputError) return [];
    throw error;
  }
  return end < text.length && lengths.length > 1 ? lengths.slice(0, -1) : lengths;
}
