import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { VERSION } from '../../platform/config/product.js';
import { HealthDto } from '../../platform/health/health.dto.js';
import { HealthService } from '../../platform/health/health.service.js';
import { Operation } from '../../platform/http/operation.decorator.js';
import { KeynestErrorDto } from './keynest-error.dto.js';
import { KeynestStatusDto } from './keynest-status.dto.js';

@Controller('_keynest')
export class KeynestStatusController {
  constructor(private readonly health: HealthService) {}

  @Get('health')
  @Operation({
    id: 'keynest.getHealth',
    access: 'public',
    success: { status: 200, type: HealthDto },
    unavailable: HealthDto,
    error: KeynestErrorDto,
  })
  async getHealth(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const health = await this.health.health();
    reply.status(health.status === 'healthy' ? 200 : 503);
    return health;
  }

  @Get('api')
  @Operation({
    id: 'keynest.getStatus',
    access: 'public',
    success: { status: 200, type: KeynestStatusDto },
    error: KeynestErrorDto,
  })
  getStatus(): KeynestStatusDto {
    return {
      message: 'Welcome to Redoubt',
      version: VERSION,
      endpoints: { projects: '/api/projects/', health: '/health/', documentation: '/docs' },
    };
  }
}
