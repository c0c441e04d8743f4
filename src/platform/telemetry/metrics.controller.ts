import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CoreOperation } from '../http/core-operation.decorator.js';
import { MetricsService } from './metrics.service.js';

@Controller('_root')
export class MetricsController {
  constructor(private readonly metricsService: MetricsService) {}

  @Get('metrics')
  @CoreOperation({
    id: 'metrics.getMetrics',
    access: 'metrics:read',
    success: { status: 200, contentType: 'text/plain' },
  })
  async getMetrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.header('content-type', this.metricsService.contentType);
    return this.metricsService.text();
  }
}
