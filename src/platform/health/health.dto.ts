import { ObjectField, StringField } from '../http/fields.js';

export class LivenessDto {
  @StringField({ enum: ['ok'] })
  status: string;
}

export class ReadinessChecksDto {
  @StringField({ enum: ['ok', 'failed'] })
  database: string;

  @StringField({ enum: ['ok', 'stopping'] })
  process: string;

  /** Only where Redis is used. */
  @StringField({ enum: ['ok', 'failed'], optional: true })
  redis?: string;
}

export class ReadinessDto {
  @StringField({ enum: ['ready', 'not_ready'] })
  status: string;

  @ObjectField(() => ReadinessChecksDto, { optional: true })
  checks?: ReadinessChecksDto;
}

export class ReadinessQuery {
  /** Present, with any value, asks for every check. */
  @StringField({ maxLength: 5, optional: true })
  verbose?: string;
}

/** KeyNest's health body; the core shows the same. */
export class HealthDto {
  @StringField({ enum: ['healthy', 'unhealthy'] })
  status: string;

  @StringField()
  service: string;

  @StringField()
  version: string;
}
