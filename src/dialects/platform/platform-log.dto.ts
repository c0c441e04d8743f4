import { LogDtos } from '../../jobs/index.js';
import { ObjectsField } from '../../platform/http/fields.js';
import { PlatformListDto } from './platform-envelope.dto.js';
import { perPage } from './platform-list.query.js';

export class PlatformLogQuery extends perPage(LogDtos.LogQuery) {}

export class PlatformLogListDto extends PlatformListDto {
  @ObjectsField(() => LogDtos.LogDto)
  data: LogDtos.LogDto[];
}
