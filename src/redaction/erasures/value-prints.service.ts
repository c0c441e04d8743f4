import { Injectable } from '@nestjs/common';
import { type SoughtValue, type ValuePrint, ValuePrints } from '../../platform/erasure/sought-value.js';
import { invalidField } from '../../platform/errors/app-error.js';
import { SUPPORTED_TYPES } from '../engine/supported-types.js';
import { engineName, publicName } from '../engine/type-names.js';
import { redactionError } from '../redaction.errors.js';
import { PrintSearch, printOf, tellingLength } from './value-print.js';

/** Letters and digits; a shorter value stands in every text. */
const LEAST_LENGTH = 3;

/** Of values that only an organization's own patterns know. */
const OTHER = 'OTHER';

const TYPES: readonly string[] = [...SUPPORTED_TYPES.map(({ name }) => publicName(name)), OTHER];

/** How values are compared, for erasures: as the detector finds values again. */
@Injectable()
export class RedactionValuePrints extends ValuePrints {
  typeOf(type: string): string {
    const shown = publicName(engineName(type));
    if (TYPES.includes(shown)) return shown;
    throw invalidField('type', 'enum', `'type' must be one of: ${TYPES.join(', ')}.`, TYPES);
  }

  make(text: string, key: Buffer): ValuePrint {
    if (tellingLength(text) < LEAST_LENGTH)
      throw redactionError('VALUE_TOO_SHORT', { details: { field: 'value', constraint: 'minLength' } });
    return printOf(text, key);
  }

  seek(print: ValuePrint, key: Buffer): SoughtValue {
    return new PrintSearch(print, key);
  }
}
