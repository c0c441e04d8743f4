import { Injectable } from '@nestjs/common';
import { type SoughtValue, type ValuePrint, ValuePrints } from '../../platform/erasure/sought-value.js';
import { redactionError } from '../redaction.errors.js';
import { PrintSearch, printOf, tellingLength } from './value-print.js';

/** Letters and digits; a shorter value stands in every text. */
const LEAST_LENGTH = 3;

/** How values are compared, for erasures: as the detector finds values again. */
@Injectable()
export class RedactionValuePrints extends ValuePrints {
  make(text: string, key: Buffer): ValuePrint {
    if (tellingLength(text) < LEAST_LENGTH)
      throw redactionError('VALUE_TOO_SHORT', { details: { field: 'value', constraint: 'minLength' } });
    return printOf(text, key);
  }

  seek(print: ValuePrint, key: Buffer): SoughtValue {
    return new PrintSearch(print, key);
  }
}
