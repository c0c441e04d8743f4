import { Injectable } from '@nestjs/common';
import { And, type FindOperator, type FindOptionsWhere, In, LessThan, MoreThanOrEqual } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AuditLogEntity } from './audit-log.entity.js';
import type { AuditFilter } from './audit-record.js';

function between({ from, to }: AuditFilter): FindOperator<Date> | undefined {
  const bounds = [...(from ? [MoreThanOrEqual(from)] : []), ...(to ? [LessThan(to)] : [])];
  return bounds.length > 0 ? And(...bounds) : undefined;
}

function whereOf(organizationId: string, filter: AuditFilter): FindOptionsWhere<AuditLogEntity> {
  const { actions, actorId, targetType, targetId, requestId } = filter;
  const createdAt = between(filter);
  return {
    organizationId,
    ...(actions && { action: In([...actions]) }),
    ...(actorId !== undefined && { actorId }),
    ...(targetType !== undefined && { targetType }),
    ...(targetId !== undefined && { targetId }),
    ...(requestId !== undefined && { requestId }),
    ...(createdAt && { createdAt }),
  };
}

@Injectable()
export class AuditLogsRepository {
  /** Newest first, with the total over all pages. */
  list(
    organizationId: string,
    filter: AuditFilter,
    window: { readonly offset: number; readonly size: number },
    db: Tx,
  ): Promise<[AuditLogEntity[], number]> {
    return db.findAndCount(AuditLogEntity, {
      where: whereOf(organizationId, filter),
      order: { createdAt: 'DESC', number: 'DESC' },
      skip: window.offset,
      take: window.size,
    });
  }
}
