import { ObjectsField, StringField } from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { LOG_LEVELS, type LogLevel } from '../../platform/queue/job.js';

/** The log of one job. */
export class JobLogQuery extends ListQuery {
  @StringField({ enum: LOG_LEVELS, optional: true })
  level?: LogLevel;

  @StringField({ maxLength: 40, optional: true })
  created_after?: string;

  @StringField({ maxLength: 40, optional: true })
  created_before?: string;

  @SortField(['created_at'])
  sort?: string;
}

export class LogQuery extends JobLogQuery {
  @StringField({ maxLength: 100, optional: true })
  job_id?: string;
}

export class LogDto {
  @StringField()
  id: string;

  @StringField()
  job_id: string;

  @StringField({ nullable: true })
  task_id: string | null;

  @StringField({ enum: LOG_LEVELS })
  level: LogLevel;

  @StringField()
  code: string;

  @StringField()
  message: string;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class LogListDto extends ListDto {
  @ObjectsField(() => LogDto)
  data: LogDto[];
}
