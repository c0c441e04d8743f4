import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { platformError } from '../errors/app-error.js';
import { toAppError } from '../errors/to-app-error.js';
import type { Principal } from '../http/principal.js';

/**
 * A request whose organization ends while it runs misses keys or rows in places where nothing is ever missing. What comes of
 * that is told as what it is, and not as a fault.
 */
@Injectable()
export class EndedTenantInterceptor implements NestInterceptor {
  constructor(private readonly dataSource: DataSource) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!principal) return next.handle();
    return next.handle().pipe(catchError((error: unknown) => this.explain(error, principal)));
  }

  private async explain(error: unknown, { organizationId, mode }: Principal): Promise<never> {
    if (toAppError(error).code !== 'INTERNAL_ERROR' || (await this.isThere(organizationId))) throw error;
    if (mode === 'live') throw platformError('NOT_FOUND');
    throw platformError('SERVICE_UNAVAILABLE', { message: RENEWED, retryAfterSeconds: 1 });
  }

  private async isThere(organizationId: string): Promise<boolean> {
    const sql = 'SELECT FROM organizations WHERE id = $1 AND deleted_at IS NULL';
    return (await this.dataSource.query(sql, [organizationId])).length > 0;
  }
}

const RENEWED = 'The sandbox was renewed while this request ran. Send it again: what it named is gone.';
