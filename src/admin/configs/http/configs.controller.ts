import { Body, Controller, Get, Patch } from '@nestjs/common';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { ConfigOperations } from './config-operations.js';
import { ConfigsDto, UpdateConfigsDto } from './configs.dto.js';

@Controller('_core/configs')
export class ConfigsController {
  constructor(private readonly operations: ConfigOperations) {}

  @Get()
  @CoreOperation({
    id: 'admin.getConfigs',
    access: 'admin:read',
    success: { status: 200, type: ConfigsDto },
  })
  getConfigs(): Promise<ConfigsDto> {
    return this.operations.getConfigs();
  }

  @Patch()
  @CoreOperation({
    id: 'admin.updateConfigs',
    access: 'admin:write',
    success: { status: 200, type: ConfigsDto },
    errors: [400, 413, 415],
    audit: 'config.updated',
    idempotent: true,
  })
  updateConfigs(@CurrentCaller() caller: Caller, @Body() body: UpdateConfigsDto): Promise<ConfigsDto> {
    return this.operations.updateConfigs(caller, body);
  }
}
