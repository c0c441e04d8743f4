export type StatisticsErrorCode = 'NOT_A_TABLE' | 'TABLE_UNSUITABLE' | 'COLUMN_UNKNOWN';

/** A table cannot be released as asked. The message is public: it says what to change and quotes no cell. */
export class StatisticsError extends Error {
  override readonly name = 'StatisticsError';

  /** @param option the option at fault (`quasi_identifiers`), where it is not the data */
  constructor(
    readonly code: StatisticsErrorCode,
    message: string,
    readonly option?: string,
  ) {
    super(message);
  }
}

const SEND = 'Send CSV text with format "csv", or a JSON array of flat objects.';

/** @param why ends the sentence "The data is no table: …" */
export const notATable = (why: string): StatisticsError =>
  new StatisticsError(
    'NOT_A_TABLE',
    `This method works on tables alone, and the data is none: ${why}. ${SEND}`,
  );
