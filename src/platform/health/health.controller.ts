import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../http/core-operation.decorator.js';
import { HealthDto, LivenessDto, ReadinessDto, ReadinessQuery } from './health.dto.js';
import { HealthService } from './health.service.js';

@Controller('_root')
export class HealthController {
  constructor(private readonly healthService: HealthService) {}

  @Get('livez')
  @CoreOperation({ id: 'health.getLiveness', access: 'public', success: { status: 200, type: LivenessDto } })
  getLiveness(): LivenessDto {
    return { status: 'ok' };
  }

  @Get('readyz')
  @CoreOperation({
    id: 'health.getReadiness',
    access: 'public',
    success: { status: 200, type: ReadinessDto },
    errors: [400],
    unavailable: ReadinessDto,
  })
  async getReadiness(
    @Query() query: ReadinessQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReadinessDto> {
    const checks = await this.healthService.check();
    const ready = Object.values(checks).every((check) => check === 'ok');
    reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not_ready', ...(query.verbose !== undefined && { checks }) };
  }

  @Get('health')
  @CoreOperation({
    id: 'health.getHealth',
    access: 'public',
    success: { status: 200, type: HealthDto },
    unavailable: HealthDto,
  })
  async getHealth(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const health = await this.healthService.health();
    reply.status(health.status === 'healthy' ? 200 : 503);
    return health;
  }
}
