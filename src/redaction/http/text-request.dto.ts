import {
  BooleanField,
  DataField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { MODES, type Mode } from '../detection-options.js';
import type { JsonValue } from '../engine/structure/json-event.js';
import { PrivacyOptionsDto } from '../statistics/http/privacy-options.dto.js';
import { DEFAULT_THRESHOLD } from '../text-options.js';

export const METHODS = [
  'auto',
  'redaction',
  'masking',
  'tokenization',
  'differential_privacy',
  'k_anonymity',
] as const;

export const FORMATS = ['text', 'json', 'csv'] as const;

/** Most documents of one batch that is answered at once, and of one that is left to the background. */
export const MAX_INLINE_DOCUMENTS = 100;
const MAX_DOCUMENTS = 10_000;

export class CustomPatternDto {
  @StringField({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$' })
  name: string;

  @StringField({ minLength: 1, maxLength: 1000 })
  pattern: string;
}

/** What every text operation lets its caller choose. What is left out stays undefined: a policy may say it. */
export class DetectionOptionsDto {
  @StringField({ maxLength: 100, optional: true })
  processor_id?: string;

  @NumberField({ minimum: 0, maximum: 1, default: DEFAULT_THRESHOLD, optional: true })
  confidence_threshold?: number;

  @StringField({ enum: MODES, default: 'fast', optional: true })
  mode?: Mode;

  @ObjectsField(() => CustomPatternDto, { maxItems: 100, optional: true })
  custom_patterns?: CustomPatternDto[];

  @StringsField({ maxLength: 64, minItems: 1, maxItems: 200, optional: true })
  entities?: string[];

  @StringsField({ minLength: 1, maxLength: 200, maxItems: 1000, optional: true })
  allow_list?: string[];

  @StringsField({ minLength: 1, maxLength: 200, maxItems: 1000, optional: true })
  deny_list?: string[];

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

  @StringField({ maxLength: 100, optional: true })
  project_id?: string;

  @StringField({ enum: METHODS, default: 'auto', optional: true })
  method?: (typeof METHODS)[number];

  @BooleanField({ default: true, optional: true })
  return_metrics = true;

  @BooleanField({ default: false, optional: true })
  preserve_context?: boolean;

  @ObjectField(() => PrivacyOptionsDto, { optional: true })
  privacy?: PrivacyOptionsDto;
}

export class BatchDocumentDto {
  @StringField({ minLength: 1, maxLength: 256 })
  id: string;

  @DataField()
  data: JsonValue;

  @StringField({ enum: FORMATS, optional: true })
  format?: (typeof FORMATS)[number];
}

/** Documents with their options, however they are worked on. */
export class BatchInputDto extends DetectionOptionsDto {
  @ObjectsField(() => BatchDocumentDto, { minItems: 1, maxItems: MAX_DOCUMENTS })
  documents: BatchDocumentDto[];

  @StringField({ maxLength: 100, optional: true })
  project_id?: string;

  @StringField({ enum: METHODS, default: 'auto', optional: true })
  method?: (typeof METHODS)[number];

  @BooleanField({ default: true, optional: true })
  parallel = true;

  @BooleanField({ default: false, optional: true })
  preserve_context?: boolean;

  @ObjectField(() => PrivacyOptionsDto, { optional: true })
  privacy?: PrivacyOptionsDto;
}

export class BatchRequestDto extends BatchInputDto {
  @BooleanField({ default: false, optional: true })
  async = false;
}
