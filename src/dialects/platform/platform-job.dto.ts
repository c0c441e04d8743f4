import { JobDtos } from '../../jobs/index.js';
import { ObjectField, ObjectsField } from '../../platform/http/fields.js';
import { JobDto } from '../../platform/queue/http/job.dto.js';
import { PlatformListDto, PlatformSingleDto } from './platform-envelope.dto.js';
import { perPage } from './platform-list.query.js';

export class PlatformJobQuery extends perPage(JobDtos.JobQuery) {}

export class PlatformJobDto extends PlatformSingleDto {
  @ObjectField(() => JobDto)
  data: JobDto;
}

export class PlatformJobListDto extends PlatformListDto {
  @ObjectsField(() => JobDto)
  data: JobDto[];
}
