import type { INestApplication } from '@nestjs/common';
import { createApp } from '../../src/app.js';
import { loadContracts } from '../../src/docs/index.js';
import { generateContract } from '../../src/openapi.js';
import { loadSettings } from '../../src/platform/config/settings.js';
import { SURFACES } from '../../src/platform/http/surface.js';
import { METHODS } from '../support/contract.js';
import { differences, type Json, normalize } from '../support/semantic-diff.js';

const written = loadContracts(process.cwd());

describe('the written contract', () => {
  let app: INestApplication;

  beforeAll(async () => {
    app = await createApp(loadSettings({}), { preview: true });
  });

  it.each(written.map(({ surface, document }) => [surface, document] as const))(
    'of %s is what the decorators generate, in both directions',
    (surface, document) => {
      const name = SURFACES.find((known) => known === surface) ?? 'core';
      const generated: Json = JSON.parse(JSON.stringify(generateContract(app, name)));
      expect(differences(normalize(document as Json), normalize(generated))).toEqual([]);
    },
  );

  it('covers every surface that has a route', () => {
    const withRoutes = SURFACES.filter((name) => Object.keys(generateContract(app, name).paths).length > 0);
    expect(written.map(({ surface }) => surface).sort()).toEqual([...withRoutes].sort());
  });
});

describe('the comparison', () => {
  const base = normalize(written[0]?.document as Json);
  const changed = (edit: (copy: Record<string, never>) => void): string[] => {
    const copy = JSON.parse(JSON.stringify(base));
    edit(copy);
    return differences(base, copy);
  };

  it('sees every change that matters', () => {
    const edits = [
      (copy: any) => delete copy.paths['/api/v1/detect'],
      (copy: any) => (copy.paths['/api/v1/detect'].post.operationId = 'other'),
      (copy: any) => (copy.paths['/api/v1/detect'].post['x-permission'] = 'public'),
      (copy: any) => delete copy.paths['/api/v1/detect'].post.responses['422'],
      (copy: any) => (copy.paths['/api/v1/detect'].post.security = []),
      (copy: any) => (copy.components.schemas.CreateApiKey.properties.name.maxLength = 101),
      (copy: any) => copy.components.schemas.CreateApiKey.required.pop(),
      (copy: any) => copy.paths['/api/v1/api-keys'].get.parameters.pop(),
      (copy: any) => delete copy.components.schemas.CreatedApiKey.properties.key['x-redact'],
    ];
    for (const edit of edits) expect(changed(edit)).toHaveLength(1);
  });
});

describe('every operation', () => {
  const operations = written.flatMap(({ surface, document }) =>
    Object.entries(document.paths as Record<string, Record<string, any>>).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map(
        (method) => [`${surface} ${method} ${path}`, item[method]] as const,
      ),
    ),
  );

  it.each(operations)('%s says who may call it, what it does, and how it fails', (_, operation) => {
    expect(operation['x-permission']).toEqual(expect.any(String));
    expect(operation.summary.length).toBeGreaterThan(3);
    expect(operation.description.length).toBeGreaterThan(10);
    const statuses = Object.keys(operation.responses);
    const expected = operation['x-permission'] === 'public' ? ['500'] : ['401', '403', '500', '503'];
    expect(statuses).toEqual(expect.arrayContaining(expected));
    expect(operation.security).toEqual(operation['x-permission'] === 'public' ? [] : undefined);
  });

  it.each(operations)('%s shows an example of its body and of its answers', (_, operation) => {
    const body = operation.requestBody?.content['application/json'];
    if (body) expect(body.example ?? body.examples).toBeDefined();
    for (const [status, response] of Object.entries<any>(operation.responses)) {
      const media = response.content?.['application/json'];
      if (media) expect([status, media.example]).toEqual([status, expect.anything()]);
    }
  });
});
