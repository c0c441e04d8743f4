import { UserDtos } from '../../admin/index.js';
import { ObjectField, ObjectsField } from '../../platform/http/fields.js';
import { PlatformListDto, PlatformSingleDto } from './platform-envelope.dto.js';
import { perPage } from './platform-list.query.js';

export class PlatformUserQuery extends perPage(UserDtos.UserQuery) {}

export class PlatformUserDto extends PlatformSingleDto {
  @ObjectField(() => UserDtos.UserDto)
  data: UserDtos.UserDto;
}

export class PlatformCreatedUserDto extends PlatformSingleDto {
  @ObjectField(() => UserDtos.CreatedUserDto)
  data: UserDtos.CreatedUserDto;
}

export class PlatformUserListDto extends PlatformListDto {
  @ObjectsField(() => UserDtos.UserDto)
  data: UserDtos.UserDto[];
}
