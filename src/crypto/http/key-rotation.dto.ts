import { NumberField, ObjectField, StringField } from '../../platform/http/fields.js';
import { JOB_STATUSES } from '../../platform/queue/job.js';
import { KEY_ROTATION_JOB, ROTATION_TARGETS, type RotationTarget } from '../rotation/key-rotation.task.js';

export class RotateKeysDto {
  @StringField({ enum: ROTATION_TARGETS })
  target: RotationTarget;
}

/** Progress as jobs show it. */
export class KeyRotationProgressDto {
  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 0 })
  completed: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;

  /** Keys a second. */
  @NumberField({ minimum: 0, nullable: true })
  rate: number | null;

  @NumberField({ integer: true, minimum: 0, nullable: true })
  seconds_left: number | null;
}

export class KeyRotationReferenceDto {
  @StringField({ enum: ROTATION_TARGETS })
  target: string;

  @StringField()
  key_id: string;
}

/** The job that rotates keys, as jobs are shown, when it is made. */
export class KeyRotationDto {
  @StringField()
  id: string;

  @StringField({ enum: [KEY_ROTATION_JOB] })
  type: string;

  @StringField({ enum: JOB_STATUSES })
  status: string;

  @ObjectField(() => KeyRotationProgressDto)
  progress: KeyRotationProgressDto;

  @ObjectField(() => KeyRotationReferenceDto)
  reference: KeyRotationReferenceDto;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  started_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;

  @StringField({ format: 'date-time' })
  updated_at: string;
}
