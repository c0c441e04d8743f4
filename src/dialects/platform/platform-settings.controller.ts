import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { SettingsDtos, SettingsOperations } from '../../admin/index.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { platformSingle } from './platform-envelope.presenter.js';
import { PlatformOperation } from './platform-operation.decorator.js';
import { PlatformSettingsDto } from './platform-settings.dto.js';

const CHANGE = {
  access: 'organizations:manage',
  success: { status: 200, type: PlatformSettingsDto },
  errors: [400, 413, 415],
  audit: 'settings.updated',
  idempotent: true,
} as const;

@Controller('_platform/settings')
export class PlatformSettingsController {
  constructor(private readonly operations: SettingsOperations) {}

  @Get()
  @PlatformOperation({
    id: 'platform.getSettings',
    access: 'organizations:read',
    success: { status: 200, type: PlatformSettingsDto },
  })
  async getSettings(@CurrentCaller() caller: Caller): Promise<PlatformSettingsDto> {
    return platformSingle(await this.operations.getSettings(caller), caller.answerTime());
  }

  @Put()
  @PlatformOperation({ id: 'platform.putSettings', ...CHANGE })
  putSettings(
    @CurrentCaller() caller: Caller,
    @Body() body: SettingsDtos.UpdateSettingsDto,
  ): Promise<PlatformSettingsDto> {
    return this.updateSettings(caller, body);
  }

  @Patch()
  @PlatformOperation({ id: 'platform.updateSettings', ...CHANGE })
  async updateSettings(
    @CurrentCaller() caller: Caller,
    @Body() body: SettingsDtos.UpdateSettingsDto,
  ): Promise<PlatformSettingsDto> {
    return platformSingle(await this.operations.updateSettings(caller, body), caller.answerTime());
  }
}
