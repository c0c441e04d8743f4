import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CoreOperation } from '../../http/core-operation.decorator.js';
import { UNCOUNTED } from '../allowance.js';
import { UsageDto } from './usage.dto.js';
import { presentUsage } from './usage.presenter.js';

@Controller('_core/usage')
export class UsageController {
  /** What was decided for this very request says it all: no storage is asked again. */
  @Get()
  @CoreOperation({ id: 'limits.getUsage', access: 'authenticated', success: { status: 200, type: UsageDto } })
  getUsage(@Req() request: FastifyRequest): UsageDto {
    return presentUsage(request.allowance ?? UNCOUNTED);
  }
}
