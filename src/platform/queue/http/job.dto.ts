import { NumberField, ObjectField, StringField, TextsField } from '../../http/fields.js';
import { JOB_STATUSES, type JobStatus } from '../job.js';

export class JobProgressDto {
  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 0 })
  completed: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;

  /** Items a second. */
  @NumberField({ minimum: 0, nullable: true })
  rate: number | null;

  @NumberField({ integer: true, minimum: 0, nullable: true })
  seconds_left: number | null;
}

export class WorkErrorDto {
  @StringField()
  code: string;

  @StringField()
  message: string;
}

/** A job as every operation shows it that makes or reads one. */
export class JobDto {
  @StringField()
  id: string;

  @StringField()
  type: string;

  @StringField({ enum: JOB_STATUSES })
  status: JobStatus;

  @ObjectField(() => JobProgressDto)
  progress: JobProgressDto;

  @TextsField()
  reference: Record<string, string>;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  created_by: string;

  @ObjectField(() => WorkErrorDto, { optional: true })
  error?: WorkErrorDto;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  started_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;

  @StringField({ format: 'date-time' })
  updated_at: string;
}
