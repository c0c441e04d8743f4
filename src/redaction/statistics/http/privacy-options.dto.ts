import { NumberField, StringField, StringsField } from '../../../platform/http/fields.js';
import { RangesField, TextListsField } from '../../../platform/http/keyed-fields.js';
import { DEFAULT_BUDGET, DEFAULT_EPSILON, DEFAULT_K, DEFAULT_MAX_SUPPRESSION } from '../privacy-options.js';

const COLUMNS = { minLength: 1, maxLength: 200, maxItems: 100, optional: true };
const MOST_BOUND = 1e12;

/** How a table is to be released; each method has its own. */
export class PrivacyOptionsDto {
  @NumberField({ integer: true, minimum: 2, maximum: 100_000, default: DEFAULT_K, optional: true })
  k?: number;

  @NumberField({ integer: true, minimum: 1, maximum: 1000, default: 1, optional: true })
  l?: number;

  @StringsField({ minItems: 1, ...COLUMNS })
  quasi_identifiers?: string[];

  @StringsField(COLUMNS)
  sensitive?: string[];

  @NumberField({ minimum: 0, maximum: 1, default: DEFAULT_MAX_SUPPRESSION, optional: true })
  max_suppression?: number;

  @NumberField({ minimum: 0.001, maximum: 100, default: DEFAULT_EPSILON, optional: true })
  epsilon?: number;

  @RangesField({ minimum: -MOST_BOUND, maximum: MOST_BOUND, maxEntries: 100, optional: true })
  bounds?: Record<string, [number, number]>;

  @TextListsField({ maxEntries: 100, maxItems: 1000, maxLength: 200, optional: true })
  categories?: Record<string, string[]>;

  @NumberField({ minimum: 0.001, maximum: 1000, default: DEFAULT_BUDGET, optional: true })
  budget?: number;

  @StringField({ minLength: 1, maxLength: 200, optional: true })
  dataset?: string;
}
