import {
  BooleanField,
  DataField,
  NumberField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import type { JsonValue } from '../engine/structure/json-event.js';

/** Methods the API knows; those not built in this version answer METHOD_NOT_AVAILABLE. */
export const METHODS = [
  'auto',
  'redaction',
  'masking',
  'tokenization',
  'differential_privacy',
  'k_anonymity',
] as const;

export const FORMATS = ['text', 'json', 'csv'] as const;

/** Confidence from which an entity counts, unless asked otherwise: Presidio's score .4. */
const DEFAULT_THRESHOLD = 0.85;

/** Most documents of one inline batch. */
export const MAX_DOCUMENTS = 100;

export class CustomPatternDto {
  @StringField({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$' })
  name: string;

  @StringField({ minLength: 1, maxLength: 1000 })
  pattern: string;
}

/** What every text operation lets its caller choose. */
export class DetectionOptionsDto {
  @NumberField({ minimum: 0, maximum: 1, default: DEFAULT_THRESHOLD, optional: true })
  confidence_threshold = DEFAULT_THRESHOLD;

  @ObjectsField(() => CustomPatternDto, { maxItems: 100, optional: true })
  custom_patterns: CustomPatternDto[] = [];

  @StringsField({ maxLength: 64, minItems: 1, maxItems: 200, optional: true })
  entities?: string[];

  @StringsField({ minLength: 1, maxLength: 200, maxItems: 1000, optional: true })
  allow_list: string[] = [];

  @StringsField({ minLength: 1, maxLength: 200, maxItems: 1000, optional: true })
  deny_list: string[] = [];

  @BooleanField({ default: false, optional: true })
  explain = false;
}

export class DetectRequestDto extends DetectionOptionsDto {
  @DataField()
  data: JsonValue;

  @StringField({ enum: FORMATS, optional: true })
  format?: (typeof FORMATS)[number];

  @BooleanField({ default: true, optional: true })
  include_positions = true;
}

export class ProcessRequestDto extends DetectionOptionsDto {
  @DataField()
  data: JsonValue;

  @StringField({ enum: FORMATS, optional: true })
  format?: (typeof FORMATS)[number];

  @StringField({ enum: METHODS, default: 'auto', optional: true })
  method: (typeof METHODS)[number] = 'auto';

  @BooleanField({ default: true, optional: true })
  return_metrics = true;

  @BooleanField({ default: false, optional: true })
  preserve_context = false;
}

export class BatchDocumentDto {
  @StringField({ minLength: 1, maxLength: 256 })
  id: string;

  @DataField()
  data: JsonValue;

  @StringField({ enum: FORMATS, optional: true })
  format?: (typeof FORMATS)[number];
}

export class BatchRequestDto extends DetectionOptionsDto {
  @ObjectsField(() => BatchDocumentDto, { minItems: 1, maxItems: MAX_DOCUMENTS })
  documents: BatchDocumentDto[];

  @StringField({ enum: METHODS, default: 'auto', optional: true })
  method: (typeof METHODS)[number] = 'auto';

  @BooleanField({ default: true, optional: true })
  parallel = true;

  @BooleanField({ default: false, optional: true })
  preserve_context = false;
}
