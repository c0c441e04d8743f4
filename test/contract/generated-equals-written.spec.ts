import type { INestApplication } from '@nestjs/common';
import { createApp } from '../../src/app.js';
import { parseContracts } from '../../src/docs/index.js';
import { generateContract } from '../../src/openapi.js';
import { loadSettings } from '../../src/platform/config/settings.js';
import { SURFACES } from '../../src/platform/http/surface.js';
import { type Contract, operationsOf, resolveResponse } from '../support/contract.js';
import { differences, type Json, normalize } from '../support/semantic-diff.js';

const written = parseContracts(process.cwd());

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

  /** The differences after one value was changed, or removed when there is none. */
  function after(pointer: readonly string[], value?: Json): string[] {
    const copy: { [key: string]: Json } = JSON.parse(JSON.stringify(base));
    const parent = pointer
      .slice(0, -1)
      .reduce<Json>((at, key) => (at as { [key: string]: Json })[key] ?? null, copy);
    const last = pointer.at(-1) ?? '';
    expect(parent).toHaveProperty([last]);
    if (value === undefined) delete (parent as { [key: string]: Json })[last];
    else (parent as { [key: string]: Json })[last] = value;
    return differences(base, copy);
  }

  const detect = ['paths', '/api/v1/detect', 'post'];
  const schemas = ['components', 'schemas'];

  it.each<[string, string[], Json | undefined]>([
    ['a missing path', ['paths', '/api/v1/detect'], undefined],
    ['another operation id', [...detect, 'operationId'], 'other'],
    ['another permission', [...detect, 'x-permission'], 'public'],
    ['a missing answer', [...detect, 'responses', '422'], undefined],
    ['other security', [...detect, 'security'], []],
    ['another bound', [...schemas, 'CreateApiKey', 'properties', 'name', 'maxLength'], 101],
    ['other required fields', [...schemas, 'CreateApiKey', 'required'], ['name']],
    ['a missing parameter', ['paths', '/api/v1/api-keys', 'get', 'parameters'], []],
    ['a secret no longer marked', [...schemas, 'CreatedApiKey', 'properties', 'key', 'x-redact'], undefined],
  ])('sees %s', (_, pointer, value) => {
    expect(after(pointer, value)).toHaveLength(1);
  });

  it('sees nothing where nothing changed', () => {
    expect(differences(base, JSON.parse(JSON.stringify(base)))).toEqual([]);
  });
});

describe('every operation', () => {
  const operations = written.flatMap(({ surface, document }) => {
    const contract = document as unknown as Contract;
    return operationsOf(contract).map(
      ({ path, method, operation }) => [`${surface} ${method} ${path}`, operation, contract] as const,
    );
  });

  it.each(operations)('%s says who may call it, what it does, and how it fails', (_, operation) => {
    expect(operation['x-permission']).toEqual(expect.any(String));
    expect(operation.summary?.length).toBeGreaterThan(3);
    expect(operation.description?.length).toBeGreaterThan(10);
    const statuses = Object.keys(operation.responses);
    const expected = operation['x-permission'] === 'public' ? ['500'] : ['401', '403', '429', '500', '503'];
    expect(statuses).toEqual(expect.arrayContaining(expected));
    expect(operation.security).toEqual(operation['x-permission'] === 'public' ? [] : undefined);
  });

  it.each(operations)('%s shows an example of its body and of its answers', (_, operation, contract) => {
    const body = operation.requestBody?.content['application/json'];
    if (body) expect(body.example ?? body.examples).toBeDefined();
    for (const [status, response] of Object.entries(operation.responses)) {
      const media = resolveResponse(contract, response).content?.['application/json'];
      if (media) expect([status, media.example]).toEqual([status, expect.anything()]);
    }
  });
});
