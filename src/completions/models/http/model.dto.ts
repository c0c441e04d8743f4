import {
  BooleanField,
  NumberField,
  ObjectField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';

export const MODEL_STATUSES = ['available', 'unavailable'] as const;

/** What a model can do; null where its server has not said. */
export class ModelCapabilitiesDto {
  @BooleanField()
  generative: boolean;

  @BooleanField()
  streaming: boolean;

  @BooleanField({ nullable: true })
  tools: boolean | null;

  @BooleanField({ nullable: true })
  json: boolean | null;

  @BooleanField({ nullable: true })
  vision: boolean | null;

  @BooleanField()
  grounded: boolean;
}

export class ModelDto {
  @StringField()
  id: string;

  @StringField({ enum: ['model'] })
  object: 'model';

  @NumberField({ integer: true, minimum: 0 })
  created: number;

  @StringField()
  owned_by: string;

  @StringField({ enum: MODEL_STATUSES })
  status: (typeof MODEL_STATUSES)[number];

  @StringField({ optional: true })
  description?: string;

  @ObjectField(() => ModelCapabilitiesDto)
  capabilities: ModelCapabilitiesDto;

  @BooleanField()
  private: boolean;

  @StringField({ enum: ['assistant'], optional: true })
  type?: 'assistant';

  @StringField({ optional: true, redact: true })
  name?: string;

  @StringField({ optional: true })
  base_model?: string;

  @StringField({ optional: true })
  alias_of?: string;

  @StringsField({ optional: true })
  upstreams?: string[];
}
