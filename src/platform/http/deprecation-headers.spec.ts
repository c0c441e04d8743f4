import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { platformError } from '../errors/app-error.js';
import { CoreOperation } from './core-operation.decorator.js';
import { addDeprecations } from './deprecation-headers.js';

const OLD = { since: '2026-01-01', sunset: '2026-07-01', successor: '/api/v1/new' };

@Controller()
class OldController {
  @Get('old')
  @CoreOperation({ id: 'old.get', access: 'public', success: { status: 200 }, deprecated: OLD })
  get(): string {
    return 'still here';
  }

  @Get('failing')
  @CoreOperation({ id: 'old.fail', access: 'public', success: { status: 200 }, deprecated: OLD })
  fail(): string {
    throw platformError('NOT_FOUND');
  }

  @Get('new')
  @CoreOperation({ id: 'new.get', access: 'public', success: { status: 200 } })
  getNew(): string {
    return 'new';
  }
}

@Module({ controllers: [OldController] })
class OldModule {}

describe('a deprecated operation', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ skipMiddie: true });
    addDeprecations(adapter.getInstance() as unknown as FastifyInstance, 'https://redoubt.example.org');
    app = await NestFactory.create<NestFastifyApplication>(OldModule, adapter, { logger: false });
    await app.init();
  });
  afterAll(() => app.close());

  it.each(['/old', '/failing'])('says at %s when it will go, and what takes its place', async (url) => {
    const { headers } = await app.inject({ url });
    expect(headers).toMatchObject({
      deprecation: '@1767225600',
      sunset: 'Wed, 01 Jul 2026 00:00:00 GMT',
      link: expect.stringContaining('<https://redoubt.example.org/api/v1/new>; rel="successor-version"'),
    });
  });

  it('leaves others alone', async () => {
    const { headers } = await app.inject({ url: '/new' });
    for (const name of ['deprecation', 'sunset', 'link']) expect(headers).not.toHaveProperty(name);
  });

  it('is shown as such in the contract', () => {
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    expect(paths['/old']?.get).toMatchObject({ deprecated: true, 'x-sunset': '2026-07-01' });
    expect(paths['/new']?.get).not.toHaveProperty('deprecated');
    expect(paths['/new']?.get).not.toHaveProperty('x-sunset');
  });

  it('cannot be declared with less notice than six months', () => {
    const declare = (): MethodDecorator =>
      CoreOperation({
        ...{ id: 'hasty.get', access: 'public', success: { status: 200 } },
        deprecated: { since: '2026-01-01', sunset: '2026-06-30' },
      });
    expect(declare).toThrow('hasty.get must stay for 6 months');
  });
});
