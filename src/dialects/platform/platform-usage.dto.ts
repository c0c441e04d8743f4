import { ObjectField } from '../../platform/http/fields.js';
import { UsageDto } from '../../platform/limits/http/usage.dto.js';
import { PlatformSingleDto } from './platform-envelope.dto.js';

export class PlatformUsageDto extends PlatformSingleDto {
  @ObjectField(() => UsageDto)
  data: UsageDto;
}
