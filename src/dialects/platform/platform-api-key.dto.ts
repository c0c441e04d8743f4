import { ApiKeyDtos } from '../../auth/index.js';
import { ObjectField, ObjectsField } from '../../platform/http/fields.js';
import { PlatformListDto, PlatformSingleDto } from './platform-envelope.dto.js';
import { perPage } from './platform-list.query.js';

export class PlatformApiKeyQuery extends perPage(ApiKeyDtos.ApiKeyQuery) {}

export class PlatformApiKeyDto extends PlatformSingleDto {
  @ObjectField(() => ApiKeyDtos.ApiKeyDto)
  data: ApiKeyDtos.ApiKeyDto;
}

export class PlatformCreatedApiKeyDto extends PlatformSingleDto {
  @ObjectField(() => ApiKeyDtos.CreatedApiKeyDto)
  data: ApiKeyDtos.CreatedApiKeyDto;
}

export class PlatformApiKeyListDto extends PlatformListDto {
  @ObjectsField(() => ApiKeyDtos.ApiKeyDto)
  data: ApiKeyDtos.ApiKeyDto[];
}
