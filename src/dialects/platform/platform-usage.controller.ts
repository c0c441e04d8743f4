import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UNCOUNTED } from '../../platform/limits/allowance.js';
import { presentUsage } from '../../platform/limits/http/usage.presenter.js';
import { platformSingle } from './platform-envelope.presenter.js';
import { PlatformOperation } from './platform-operation.decorator.js';
import { PlatformUsageDto } from './platform-usage.dto.js';

@Controller('_platform/usage')
export class PlatformUsageController {
  @Get()
  @PlatformOperation({
    id: 'platform.getUsage',
    access: 'authenticated',
    success: { status: 200, type: PlatformUsageDto },
  })
  getUsage(@Req() request: FastifyRequest): PlatformUsageDto {
    return platformSingle(presentUsage(request.allowance ?? UNCOUNTED), new Date());
  }
}
