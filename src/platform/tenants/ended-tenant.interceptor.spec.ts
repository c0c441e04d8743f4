import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { lastValueFrom, of, throwError } from 'rxjs';
import type { DataSource } from 'typeorm';
import { platformError } from '../errors/app-error.js';
import { EndedTenantInterceptor } from './ended-tenant.interceptor.js';

const lost = new Error('organization has no data key for audit_logs');

async function outcome(error: unknown, mode: 'live' | 'sandbox', isThere: boolean): Promise<unknown> {
  const dataSource = { query: async () => (isThere ? [{}] : []) } as unknown as DataSource;
  const request = { principal: { organizationId: 'org_1', mode } };
  const context = { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
  const next: CallHandler = { handle: () => (error ? throwError(() => error) : of('fine')) };
  return lastValueFrom(new EndedTenantInterceptor(dataSource).intercept(context, next)).catch(
    (thrown: unknown) => thrown,
  );
}

describe('a request whose organization ends meanwhile', () => {
  it('is told that, to be sent again in a sandbox', async () => {
    expect(await outcome(lost, 'live', false)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await outcome(lost, 'sandbox', false)).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSeconds: 1,
    });
  });

  it('keeps every other error, and its answer', async () => {
    const refused = platformError('PERMISSION_DENIED');
    expect(await outcome(refused, 'sandbox', false)).toBe(refused);
    expect(await outcome(lost, 'sandbox', true)).toBe(lost);
    expect(await outcome(undefined, 'sandbox', false)).toBe('fine');
  });
});
