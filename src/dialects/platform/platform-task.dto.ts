import { TaskDtos } from '../../jobs/index.js';
import { ObjectField, ObjectsField } from '../../platform/http/fields.js';
import { PlatformListDto, PlatformSingleDto } from './platform-envelope.dto.js';
import { perPage } from './platform-list.query.js';

export class PlatformTaskQuery extends perPage(TaskDtos.TaskQuery) {}

export class PlatformTaskDto extends PlatformSingleDto {
  @ObjectField(() => TaskDtos.TaskDto)
  data: TaskDtos.TaskDto;
}

export class PlatformTaskListDto extends PlatformListDto {
  @ObjectsField(() => TaskDtos.TaskDto)
  data: TaskDtos.TaskDto[];
}
