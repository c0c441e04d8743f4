import { Injectable } from '@nestjs/common';
import { Configs } from '../../platform/configs/configs.service.js';
import type { Principal } from '../../platform/http/principal.js';
import type { BuiltInModel } from '../built-in-model.js';
import { UpstreamDirectory } from '../upstreams/upstream-directory.service.js';
import type { UpstreamLink } from '../upstreams/upstream-link.js';
import { BuiltInModels } from './built-in-models.service.js';

/** Who asks: in a sandbox there are models of this server alone. */
export type ModelUser = Pick<Principal, 'mode'>;

/** What stands behind a name: a model of this server, or of model servers. */
export type Found =
  | { readonly kind: 'built-in'; readonly model: BuiltInModel }
  | { readonly kind: 'upstream'; readonly name: string; readonly links: readonly UpstreamLink[] };

/** Everything there is to look names up in, as it was at most a second ago. */
export interface Catalogue {
  readonly aliases: Readonly<Record<string, string>>;
  /** By priority. */
  readonly links: readonly UpstreamLink[];
}

/** Names of models, and what they stand for. */
@Injectable()
export class ModelCatalogue {
  constructor(
    private readonly builtIns: BuiltInModels,
    private readonly directory: UpstreamDirectory,
    private readonly configs: Configs,
  ) {}

  async read({ mode }: ModelUser): Promise<Catalogue> {
    const aliases = await this.configs.get('model_aliases');
    return { aliases, links: mode === 'sandbox' ? [] : await this.directory.list() };
  }

  listBuiltIns(): BuiltInModel[] {
    return this.builtIns.list();
  }

  /** What a name stands for that is no alias, as far as is known without asking anybody. */
  find(name: string, { links }: Catalogue): Found | undefined {
    const builtIn = this.builtIns.get(name);
    if (builtIn) return { kind: 'built-in', model: builtIn };
    const having = links.filter(({ models }) => models.has(name));
    if (having.length > 0) return { kind: 'upstream', name, links: having };
    return addressed(name, links);
  }

  /**
   * The same, after model servers have been asked anew where nobody is known to have it.
   * @returns undefined when nobody has it
   */
  async search(name: string, catalogue: Catalogue): Promise<Found | undefined> {
    const found = this.find(name, catalogue);
    if (found) return found;
    await Promise.all(catalogue.links.map(({ models }) => models.refresh()));
    return this.find(name, catalogue);
  }
}

/** `server/model`: a model of one server. One that has never told what it has is taken at the client's word. */
function addressed(name: string, links: readonly UpstreamLink[]): Found | undefined {
  const slash = name.indexOf('/');
  const link = links.find(({ upstream }) => upstream.name === name.slice(0, slash));
  const model = name.slice(slash + 1);
  if (slash < 0 || !link || model === '') return undefined;
  const isThere = link.models.has(model) || !link.models.isKnown;
  return isThere ? { kind: 'upstream', name: model, links: [link] } : undefined;
}

/** What an alias stands for; any other name stands for itself. */
export const targetOf = (name: string, { aliases }: Catalogue): string =>
  Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
