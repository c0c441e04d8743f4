import { SettingsDtos } from '../../admin/index.js';
import { ObjectField } from '../../platform/http/fields.js';
import { PlatformSingleDto } from './platform-envelope.dto.js';

export class PlatformSettingsDto extends PlatformSingleDto {
  @ObjectField(() => SettingsDtos.SettingsDto)
  data: SettingsDtos.SettingsDto;
}
