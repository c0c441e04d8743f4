import { ObjectField, ObjectsField } from '../../platform/http/fields.js';
import { ResourceDtos } from '../../redaction/index.js';
import { PlatformListDto, PlatformSingleDto } from './platform-envelope.dto.js';
import { perPage } from './platform-list.query.js';

export class PlatformResourceQuery extends perPage(ResourceDtos.ResourceQuery) {}

export class PlatformResourceDto extends PlatformSingleDto {
  @ObjectField(() => ResourceDtos.ResourceDto)
  data: ResourceDtos.ResourceDto;
}

export class PlatformResourceListDto extends PlatformListDto {
  @ObjectsField(() => ResourceDtos.ResourceDto)
  data: ResourceDtos.ResourceDto[];
}
