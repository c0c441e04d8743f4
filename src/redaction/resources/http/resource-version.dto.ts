import { NumberField, ObjectField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto } from '../../../platform/http/listing.js';
import { RESOURCE_STATUSES, type ResourceStatus } from '../resource.js';
import { ResourceConfigDto } from './resource.dto.js';

export class ResourceVersionDto {
  @StringField()
  resource_id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField()
  name: string;

  @StringField({ enum: RESOURCE_STATUSES })
  status: ResourceStatus;

  @ObjectField(() => ResourceConfigDto)
  config: ResourceConfigDto;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class ResourceVersionListDto extends ListDto {
  @ObjectsField(() => ResourceVersionDto)
  data: ResourceVersionDto[];
}
