import type { DiscoveryService } from '@nestjs/core';
import type { Logger } from 'pino';
import { MockUpstream } from '../../../test/support/mock-upstream.js';
import type { Configs } from '../../platform/configs/configs.service.js';
import { AppError } from '../../platform/errors/app-error.js';
import type { Principal } from '../../platform/http/principal.js';
import { OutageLog } from '../../platform/telemetry/outage-log.js';
import { type BuiltInAnswer, BuiltInModel, type Capabilities } from '../built-in-model.js';
import { MOST_FAULTS } from '../upstreams/circuit.js';
import { DEFAULT_UPSTREAM, type StoredUpstream } from '../upstreams/upstream.js';
import type { UpstreamDirectory } from '../upstreams/upstream-directory.service.js';
import { UpstreamLink } from '../upstreams/upstream-link.js';
import { Assistants } from './assistants.service.js';
import { BuiltInModels } from './built-in-models.service.js';
import { ModelCatalogue } from './model-catalogue.service.js';
import { ModelRouter } from './model-router.service.js';
import { ModelsService } from './models.service.js';

const CAPABILITIES: Capabilities = {
  ...{ generative: false, streaming: true, tools: false, json: false, vision: false, grounded: true },
};

class LocalModel extends BuiltInModel {
  readonly id = 'local-extractive';
  readonly description = 'Quotes.';
  readonly capabilities = CAPABILITIES;

  check(): void {}

  answer(): Promise<BuiltInAnswer> {
    return Promise.reject(new Error('nobody asks'));
  }
}

const SILENT = new OutageLog({ error: () => {}, info: () => {} } as unknown as Logger, 'a server');
const LIVE = { mode: 'live' } as const;
const SANDBOX = { mode: 'sandbox' } as const;

const admin = { mode: 'live', systemRole: 'admin', scopes: ['*'] } as unknown as Principal;
const user = { mode: 'live', systemRole: 'user', scopes: ['*'], role: 'viewer' } as unknown as Principal;

describe('models', () => {
  let mock: MockUpstream;
  const links: UpstreamLink[] = [];

  beforeAll(async () => {
    mock = await MockUpstream.start();
  });
  afterEach(async () => {
    await Promise.all(links.map((link) => link.destroy()));
    links.length = 0;
    mock.reset();
    mock.models = ['mock-model'];
  });
  afterAll(() => mock.stop());

  const server = (name: string, settings: Partial<StoredUpstream> = {}): UpstreamLink => {
    const now = new Date('2026-03-15T10:00:00Z');
    const row = {
      ...DEFAULT_UPSTREAM,
      id: `up_${name}`,
      name,
      baseUrl: mock.url,
      keySealed: null,
      version: 1,
    };
    const dates = { createdBy: 'user_test', createdAt: now, updatedAt: now };
    const link = new UpstreamLink({ ...row, ...dates, ...settings }, undefined, SILENT);
    links.push(link);
    links.sort((a, b) => a.upstream.priority - b.upstream.priority);
    return link;
  };

  function house(aliases: Record<string, string> = {}) {
    const discovery = { getProviders: () => [{ instance: new LocalModel() }, { instance: {} }] };
    const catalogue = new ModelCatalogue(
      new BuiltInModels(discovery as unknown as DiscoveryService),
      { list: async () => links } as unknown as UpstreamDirectory,
      { get: async () => aliases } as unknown as Configs,
    );
    const assistants = new Assistants(discovery as unknown as DiscoveryService);
    return { router: new ModelRouter(catalogue), models: new ModelsService(catalogue, assistants) };
  }

  const failure = async (work: Promise<unknown>): Promise<AppError> => {
    const error = await work.catch((thrown: unknown) => thrown);
    if (error instanceof AppError) return error;
    throw new Error('it did not fail');
  };

  describe('a route', () => {
    const namesOf = async (router: ModelRouter, name: string): Promise<string> =>
      (await router.route(name, LIVE)).candidates.map((upstream) => upstream.name).join(' ');

    it('leads to models of this server by their name and by aliases', async () => {
      const { router } = house({ 'gpt-4': 'local-extractive' });
      for (const name of ['local-extractive', 'gpt-4'])
        expect(await router.route(name, LIVE)).toMatchObject({
          requested: name,
          model: 'local-extractive',
          builtIn: expect.any(LocalModel),
          candidates: [],
        });
    });

    it('leads to every server that has a model, equals taking turns', async () => {
      server('a', { models: ['m'] });
      server('b', { models: ['m', 'x'] });
      server('last', { models: ['m'], priority: 200 });
      const { router } = house();
      expect([await namesOf(router, 'm'), await namesOf(router, 'x'), await namesOf(router, 'm')]).toEqual([
        'a b last',
        'b',
        'b a last',
      ]);
    });

    it('asks a server last that does not answer', async () => {
      const a = server('a', { models: ['m'], priority: 1 });
      server('b', { models: ['m'] });
      for (let i = 0; i < MOST_FAULTS; i++) a.circuit.failed('HTTP_503', performance.now());
      expect(await namesOf(house().router, 'm')).toBe('b a');
    });

    it('leads to one server by its name, and takes no other', async () => {
      server('a', { models: ['org/m'] });
      server('b', { models: ['org/m'] });
      const { router } = house({ fast: 'b/org/m' });
      expect(await namesOf(router, 'org/m')).toBe('a b');
      for (const name of ['b/org/m', 'fast'])
        expect(await router.route(name, LIVE)).toMatchObject({
          model: 'org/m',
          candidates: [{ name: 'b' }],
        });
      expect((await failure(router.route('b/other', LIVE))).code).toBe('MODEL_NOT_FOUND');
    });

    it('goes one step by aliases, and by no name that every object has', async () => {
      const { router } = house({ one: 'two', two: 'local-extractive' });
      expect((await failure(router.route('one', LIVE))).code).toBe('MODEL_NOT_FOUND');
      for (const name of ['constructor', '__proto__', 'toString', '/', 'a/', '/a'])
        expect((await failure(router.route(name, LIVE))).code).toBe('MODEL_NOT_FOUND');
    });

    it('is an error where there is none, which lists what there is', async () => {
      server('a', { models: Array.from({ length: 80 }, (_, i) => `m${i}`) });
      const { details } = await failure(
        house({ 'gpt-4': 'local-extractive', lost: 'gone' }).router.route('x', LIVE),
      );
      expect(details).toMatchObject({ field: 'model', constraint: 'exists' });
      expect(details?.allowed?.slice(0, 3)).toEqual(['local-extractive', 'gpt-4', 'm0']);
      expect([details?.allowed?.length, details?.allowed?.includes('lost')]).toEqual([50, false]);
    });

    it('finds models that servers list themselves, new ones too', async () => {
      const link = server('a');
      const { router } = house();
      expect(await namesOf(router, 'mock-model')).toBe('a');
      expect([mock.modelLists, link.models.isKnown]).toEqual([1, true]);
      mock.models = ['mock-model', 'new'];
      // Asked a moment ago.
      expect((await failure(router.route('new', LIVE))).code).toBe('MODEL_NOT_FOUND');
      expect(mock.modelLists).toBe(1);
    });

    it('is not said to lead nowhere while a server that may have the model was never reached', async () => {
      mock.modelsPlan = { status: 503 };
      server('a');
      const { router } = house();
      expect((await failure(router.route('m', LIVE))).code).toBe('UPSTREAM_UNAVAILABLE');
      expect(await namesOf(router, 'a/m')).toBe('a');
    });

    it('stays on this server in a sandbox', async () => {
      server('a', { models: ['m'] });
      const { router } = house({ 'gpt-4': 'local-extractive', other: 'm' });
      expect((await router.route('gpt-4', SANDBOX)).builtIn).toBeInstanceOf(LocalModel);
      for (const name of ['m', 'a/m', 'other']) {
        const error = await failure(router.route(name, SANDBOX));
        expect([error.code, error.details?.allowed]).toEqual([
          'MODEL_NOT_FOUND',
          ['local-extractive', 'gpt-4'],
        ]);
      }
    });
  });

  describe('the list', () => {
    it('has everything once, and names servers to administrators alone', async () => {
      server('a', { models: ['m', 'gpt-4'], isPrivate: true });
      server('b', { models: ['m'] });
      server('c', { isPrivate: true });
      const { models } = house({ 'gpt-4': 'local-extractive', lost: 'gone' });
      const shown = await models.list(admin);
      expect(shown.map(({ id }) => id)).toEqual(['local-extractive', 'gpt-4', 'lost', 'm', 'mock-model']);
      expect(shown).toMatchObject([
        { owned_by: 'redoubt', private: true, status: 'available', capabilities: CAPABILITIES },
        { alias_of: 'local-extractive', private: true, capabilities: CAPABILITIES },
        { alias_of: 'gone', status: 'unavailable' },
        { private: false, upstreams: ['a', 'b'], created: 1_773_568_800, owned_by: 'unknown' },
        { private: true, upstreams: ['c'], created: 1_764_000_000, owned_by: 'mock' },
      ]);
      const seen = await models.list(user);
      expect(seen.map(({ id }) => id)).toEqual(['local-extractive', 'gpt-4', 'm', 'mock-model']);
      expect(seen.some((model) => 'upstreams' in model)).toBe(false);
      expect((await models.list({ ...user, ...SANDBOX })).map(({ id }) => id)).toEqual([
        'local-extractive',
        'gpt-4',
      ]);
    });

    it('shows single models by every name they can be asked for', async () => {
      const link = server('a', { models: ['org/m'] });
      const { models } = house({ x: 'a/org/m' });
      for (const id of ['org/m', 'a/org/m', 'x'])
        expect(await models.get(user, id)).toMatchObject({ id, object: 'model', status: 'available' });
      for (let i = 0; i < MOST_FAULTS; i++) link.circuit.failed('HTTP_503', performance.now());
      expect((await models.get(user, 'x')).status).toBe('unavailable');
      expect((await failure(models.get(user, 'nothing'))).code).toBe('MODEL_NOT_FOUND');
    });
  });
});
