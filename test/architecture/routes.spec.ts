import 'reflect-metadata';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { ModulesContainer } from '@nestjs/core';
import { createApp } from '../../src/app.js';
import { loadSettings } from '../../src/platform/config/settings.js';
import { ACCESS } from '../../src/platform/http/operation.decorator.js';
import { PERMISSIONS } from '../../src/platform/http/permission.js';
import { externalRoute } from '../../src/platform/http/surface.js';

interface Route {
  readonly name: string;
  readonly path: string;
  readonly access: unknown;
}

async function routes(): Promise<Route[]> {
  const app = await createApp(loadSettings({}), { preview: true });
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const prefix: string = Reflect.getMetadata(PATH_METADATA, metatype);
    return Object.getOwnPropertyNames(metatype.prototype).flatMap((name) => {
      const handler = metatype.prototype[name];
      if (typeof handler !== 'function' || Reflect.getMetadata(METHOD_METADATA, handler) === undefined)
        return [];
      const path = `/${prefix}/${Reflect.getMetadata(PATH_METADATA, handler)}`
        .replace(/\/+/g, '/')
        .replace(/(.)\/$/, '$1');
      return [{ name: `${metatype.name}.${name}`, path, access: Reflect.getMetadata(ACCESS, handler) }];
    });
  });
}

/** Reviewed by hand: what anybody may call. */
const PUBLIC = [
  '/_core/auth/login',
  '/_core/auth/password/reset',
  '/_core/auth/password/reset/confirm',
  '/_core/auth/register',
  '/_core/crypto/ephemeral-key',
  '/_keynest/api',
  '/_keynest/api/auth/login',
  '/_keynest/api/auth/register',
  '/_keynest/health',
  '/_root/docs',
  '/_root/docs/:file',
  '/_root/health',
  '/_root/livez',
  '/_root/openapi.json',
  '/_root/openapi.yaml',
  '/_root/openapi/:file',
  '/_root/readyz',
  '/_sero/crypto/ephemeral-key',
];

describe('every route', () => {
  it('declares who may call it', async () => {
    const found = await routes();
    expect(found.length).toBeGreaterThan(20);
    const undeclared = found.filter(
      ({ access }) => !['public', 'authenticated', ...PERMISSIONS].some((name) => name === access),
    );
    expect(undeclared).toEqual([]);
  });

  it('is public only where the list above says so', async () => {
    const open = (await routes()).filter(({ access }) => access === 'public').map(({ path }) => path);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it('belongs to a surface', async () => {
    for (const { path } of await routes())
      expect([path, externalRoute(path)]).toEqual([path, expect.anything()]);
  });
});
