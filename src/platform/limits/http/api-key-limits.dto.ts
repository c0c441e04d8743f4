import { NumberField } from '../../http/fields.js';
import { HIGHEST_LIMIT, HIGHEST_RATE, type PlanOverrides } from '../plan-limits.js';

const LimitField = (maximum: number): PropertyDecorator =>
  NumberField({ integer: true, minimum: 1, maximum, nullable: true, optional: true });

/** Numbers of a key's own in place of its plan's; null = unlimited. */
export class ApiKeyLimitsDto implements PlanOverrides {
  @LimitField(HIGHEST_RATE)
  per_second?: number | null;

  @LimitField(HIGHEST_RATE)
  burst?: number | null;

  @LimitField(HIGHEST_LIMIT)
  per_minute?: number | null;

  @LimitField(HIGHEST_LIMIT)
  per_hour?: number | null;

  @LimitField(HIGHEST_LIMIT)
  per_day?: number | null;

  @LimitField(HIGHEST_LIMIT)
  per_month?: number | null;

  @LimitField(HIGHEST_LIMIT)
  uploads_per_day?: number | null;

  @LimitField(HIGHEST_LIMIT)
  completions_per_minute?: number | null;

  @LimitField(HIGHEST_LIMIT)
  completions_per_day?: number | null;

  @LimitField(HIGHEST_LIMIT)
  upload_bytes?: number | null;

  @LimitField(HIGHEST_RATE)
  concurrent?: number | null;
}
