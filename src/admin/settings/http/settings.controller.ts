import { Body, Controller, Get, Patch } from '@nestjs/common';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { SettingsDto, UpdateSettingsDto } from './settings.dto.js';
import { SettingsOperations } from './settings-operations.js';

@Controller('_core/settings')
export class SettingsController {
  constructor(private readonly operations: SettingsOperations) {}

  @Get()
  @CoreOperation({
    id: 'admin.getSettings',
    access: 'organizations:read',
    success: { status: 200, type: SettingsDto },
  })
  getSettings(@CurrentCaller() caller: Caller): Promise<SettingsDto> {
    return this.operations.getSettings(caller);
  }

  @Patch()
  @CoreOperation({
    id: 'admin.updateSettings',
    access: 'organizations:manage',
    success: { status: 200, type: SettingsDto },
    errors: [400, 413, 415],
    audit: 'settings.updated',
    idempotent: true,
  })
  updateSettings(@CurrentCaller() caller: Caller, @Body() body: UpdateSettingsDto): Promise<SettingsDto> {
    return this.operations.updateSettings(caller, body);
  }
}
