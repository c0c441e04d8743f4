import { Injectable } from '@nestjs/common';
import { holds, type Principal } from '../../platform/http/principal.js';
import type { AssistantCard } from '../assistant-models.js';
import type { BuiltInModel } from '../built-in-model.js';
import { completionsError } from '../completions.errors.js';
import type { UpstreamLink } from '../upstreams/upstream-link.js';
import { Assistants } from './assistants.service.js';
import { type Model, UNTOLD } from './model.js';
import { type Catalogue, type Found, ModelCatalogue, targetOf } from './model-catalogue.service.js';

/** When the models of this server came with it, in unix seconds. */
const BUILT_IN_SINCE = 1_764_547_200;
const HOUSE = 'redoubt';

/** What models there are, for whoever may ask them. */
@Injectable()
export class ModelsService {
  constructor(
    private readonly catalogue: ModelCatalogue,
    private readonly assistants: Assistants,
  ) {}

  /** Those of this server, then aliases, then those of model servers, each by name, and assistants. A name stands once, for what it leads to. */
  async list(principal: Principal): Promise<Model[]> {
    const catalogue = await this.catalogue.read(principal);
    await Promise.all(catalogue.links.map(({ models }) => models.ready()));
    const builtIns = this.catalogue.listBuiltIns().map(({ id }) => id);
    const upstream = catalogue.links.flatMap(({ models }) => models.all.map(({ id }) => id));
    const names = [...builtIns.sort(), ...Object.keys(catalogue.aliases).sort(), ...upstream.sort()];
    const models = [...new Set(names)].map((name) => this.describe(name, principal, catalogue));
    const cards = await this.assistants.list(principal);
    return [
      ...models.filter((model) => model !== undefined),
      ...cards.map((card) => this.describeAssistant(card, principal, catalogue)),
    ];
  }

  /** @param id an alias, a model, `server/model`, or an assistant @throws AppError MODEL_NOT_FOUND */
  async get(principal: Principal, id: string): Promise<Model> {
    const catalogue = await this.catalogue.read(principal);
    const assistant = await this.assistants.named(principal, id);
    if (assistant) {
      await this.catalogue.search(targetOf(assistant.model, catalogue), catalogue);
      return this.describeAssistant(assistant, principal, catalogue);
    }
    await this.catalogue.search(targetOf(id, catalogue), catalogue);
    const model = this.describe(id, principal, catalogue);
    if (model) return model;
    throw completionsError('MODEL_NOT_FOUND', { details: { field: 'model', constraint: 'exists' } });
  }

  /** What its model can do, under its own name; without that model it cannot be asked. */
  private describeAssistant(
    { id, name, description, model, createdAt }: AssistantCard,
    principal: Principal,
    catalogue: Catalogue,
  ): Model {
    const {
      alias_of: _,
      description: __,
      ...base
    } = this.describe(model, principal, catalogue) ?? broken(model, model);
    return {
      ...base,
      ...{ id, type: 'assistant', name, base_model: model, owned_by: 'assistant' },
      created: Math.floor(createdAt.getTime() / 1000),
      ...(description !== null && { description }),
    };
  }

  /** Undefined for a name that leads nowhere; an alias of one is shown to those who can repair it. */
  private describe(id: string, principal: Principal, catalogue: Catalogue): Model | undefined {
    const target = targetOf(id, catalogue);
    const aliasOf = target === id ? undefined : target;
    const found = this.catalogue.find(target, catalogue);
    if (!found) return aliasOf && seesServers(principal) ? broken(id, aliasOf) : undefined;
    const described = found.kind === 'built-in' ? builtIn(found.model) : onServers(found, principal);
    return { id, ...described, ...(aliasOf !== undefined && { alias_of: aliasOf }) };
  }
}

/** Where models are is for those who administer the instance. */
const seesServers = (principal: Principal): boolean => holds(principal, 'admin:read');

type Described = Omit<Model, 'id' | 'alias_of'>;

const builtIn = ({ description, capabilities }: BuiltInModel): Described => ({
  object: 'model',
  created: BUILT_IN_SINCE,
  owned_by: HOUSE,
  status: 'available',
  description,
  capabilities: { ...capabilities },
  private: true,
});

function onServers({ name, links }: Extract<Found, { kind: 'upstream' }>, principal: Principal): Described {
  const told = links.map(({ models }) => models.get(name));
  const made = told.map((model) => model?.created).find((created) => created !== undefined);
  const [first] = links;
  return {
    object: 'model',
    created: made ?? Math.floor((first?.createdAt.getTime() ?? 0) / 1000),
    owned_by: told.map((model) => model?.ownedBy).find((owner) => owner !== undefined) ?? 'unknown',
    status: links.some(isAnswering) ? 'available' : 'unavailable',
    capabilities: { ...UNTOLD },
    private: links.every(({ upstream }) => upstream.isPrivate),
    ...(seesServers(principal) && { upstreams: links.map(({ upstream }) => upstream.name) }),
  };
}

const isAnswering = ({ circuit }: UpstreamLink): boolean => circuit.health.status !== 'unhealthy';

const broken = (id: string, aliasOf: string): Model => ({
  id,
  object: 'model',
  created: BUILT_IN_SINCE,
  owned_by: HOUSE,
  status: 'unavailable',
  capabilities: { ...UNTOLD },
  private: true,
  alias_of: aliasOf,
});
