import * as fc from 'fast-check';
import { authorizationScheme, externalRoute, routeSurface } from './surface.js';

describe('routeSurface', () => {
  it.each([
    ['/livez', undefined, 'core', '/_root/livez'],
    ['/health', undefined, 'core', '/_root/health'],
    ['/metrics', undefined, 'core', '/_root/metrics'],
    ['/health/', undefined, 'keynest', '/_keynest/health'],
    ['/docs', undefined, 'core', '/_root/docs'],
    ['/admin/queues', 'basic', 'core', '/_root/admin/queues'],
    ['/admin/queues/', 'basic', 'core', '/_root/admin/queues'],
    ['/admin/queues/static/js/main.js', 'basic', 'core', '/_root/admin/queues/static/js/main.js'],
    ['/admin/queuesx', 'basic', 'core', '/_none'],
    ['/admin', 'basic', 'core', '/_none'],
    ['/docs/swagger-ui.css', undefined, 'core', '/_root/docs/swagger-ui.css'],
    ['/openapi.yaml', undefined, 'core', '/_root/openapi.yaml'],
    ['/openapi/safekeylab.json', undefined, 'core', '/_root/openapi/safekeylab.json'],
    ['/v1/chat/completions', 'bearer', 'openai', '/_openai/chat/completions'],
    ['/api/v1/chat/completions', 'bearer', 'openai', '/_openai/chat/completions'],
    ['/api/v1/models/gpt-4', 'bearer', 'openai', '/_openai/models/gpt-4'],
    ['/api/v1/chat/completions/dry-run', 'bearer', 'core', '/_core/chat/completions/dry-run'],
    ['/api/v1/process', 'bearer', 'core', '/_core/process'],
    ['/api/v1/process/', 'bearer', 'core', '/_core/process'],
    ['/api/v1/projects/p/documents', 'token', 'core', '/_core/projects/p/documents'],
    ['/v1/detect', 'bearer', 'safekeylab', '/_safekeylab/detect'],
    ['/v1/audit-logs/', 'token', 'safekeylab', '/_safekeylab/audit-logs'],
    ['/v1/processors', 'bearer', 'platform', '/_platform/processors'],
    ['/v1/resources/12', 'bearer', 'platform', '/_platform/resources/12'],
    ['/api/projects', 'bearer', 'sero', '/_sero/projects'],
    ['/api/projects', undefined, 'sero', '/_sero/projects'],
    ['/api/projects', 'token', 'keynest', '/_keynest/api/projects'],
    ['/api/projects/', 'bearer', 'keynest', '/_keynest/api/projects'],
    ['/api/projects/p1/documents', 'bearer', 'sero', '/_sero/projects/p1/documents'],
    ['/api/crypto/ephemeral-key', undefined, 'sero', '/_sero/crypto/ephemeral-key'],
    ['/api/variables/7/', 'token', 'keynest', '/_keynest/api/variables/7'],
    ['/api/', undefined, 'keynest', '/_keynest/api'],
    ['/api', undefined, 'keynest', '/_keynest/api'],
    ['/', undefined, 'core', '/_none'],
    ['/_core/process', 'bearer', 'core', '/_none'],
    ['/%61pi/v1/process', 'bearer', 'core', '/_none'],
    ['/API/v1/process', 'bearer', 'core', '/_none'],
  ])('%s with %s is answered by %s on %s', (path, scheme, surface, route) => {
    expect(routeSurface(path, scheme)).toEqual({ surface, route });
  });

  it('never lets an outside path choose its internal prefix', () => {
    const part = fc.stringMatching(/^[\w%.\-/]{0,24}$/);
    fc.assert(
      fc.property(part, fc.constantFrom('bearer', 'token', undefined), (tail, scheme) => {
        for (const head of ['/_core/', '/_root/', '/%5fcore/', '//', '/./_core/']) {
          const { route } = routeSurface(head + tail, scheme);
          expect(route).toBe('/_none');
        }
      }),
    );
  });
});

describe('externalRoute', () => {
  it.each([
    ['/_root/livez', 'core', '/livez'],
    ['/_core/api-keys/{id}', 'core', '/api/v1/api-keys/{id}'],
    ['/_safekeylab/detect', 'safekeylab', '/v1/detect'],
    ['/_keynest/health', 'keynest', '/health/'],
    ['/_keynest/api', 'keynest', '/api/'],
  ])('%s is shown to clients by %s as %s', (internal, surface, path) => {
    expect(externalRoute(internal)).toEqual({ surface, path });
    expect(routeSurface(path, 'token').route).toBe(internal);
  });

  it('knows no path for anything else', () => {
    expect(externalRoute('/api/v1/process')).toBeUndefined();
    expect(externalRoute('/_none')).toBeUndefined();
  });
});

describe('authorizationScheme', () => {
  it('reads the first word whatever its case', () => {
    expect(authorizationScheme('ToKeN abc')).toBe('token');
    expect(authorizationScheme('  Bearer')).toBe('bearer');
    expect(authorizationScheme('')).toBeUndefined();
    expect(authorizationScheme(undefined)).toBeUndefined();
  });
});
