import { Injectable } from '@nestjs/common';
import type { AppError } from '../../platform/errors/app-error.js';
import { completionsError } from '../completions.errors.js';
import { inOrder } from './candidates.js';
import { type Catalogue, ModelCatalogue, type ModelUser, targetOf } from './model-catalogue.service.js';
import type { ModelRoute } from './model-route.js';

/** How many names an error lists. */
const MOST_NAMES = 50;

/** Says where a request for a model goes. */
@Injectable()
export class ModelRouter {
  /** By model that several servers have: how often it was asked for. */
  private readonly turns = new Map<string, number>();

  constructor(private readonly catalogue: ModelCatalogue) {}

  /**
   * @param name an alias, a model, or `server/model`
   * @throws AppError MODEL_NOT_FOUND, which lists what there is; UPSTREAM_UNAVAILABLE while a model server that may have it has
   *   never been reached
   */
  async route(name: string, user: ModelUser): Promise<ModelRoute> {
    const catalogue = await this.catalogue.read(user);
    const target = targetOf(name, catalogue);
    const found = this.catalogue.find(target, catalogue) ?? (await this.catalogue.search(target, catalogue));
    if (!found) throw this.missing(name, target, catalogue);
    if (found.kind === 'built-in') {
      return { requested: name, model: found.model.id, builtIn: found.model, candidates: [] };
    }
    const turn = found.links.length > 1 ? this.nextTurn(found.name) : 0;
    const links = inOrder(found.links, turn, performance.now());
    const candidates = links.map(({ upstream }) => upstream);
    return { requested: name, model: found.name, builtIn: undefined, candidates };
  }

  private nextTurn(name: string): number {
    const turn = this.turns.get(name) ?? 0;
    this.turns.set(name, turn + 1);
    return turn;
  }

  private missing(name: string, target: string, catalogue: Catalogue): AppError {
    const unheard = catalogue.links.some(({ models }) => !models.isKnown);
    if (unheard) {
      const message =
        'No model server that was reached has this model, and some could not be reached. Retry shortly.';
      return completionsError('UPSTREAM_UNAVAILABLE', { message, retryAfterSeconds: 5 });
    }
    const isAlias = target !== name;
    return completionsError('MODEL_NOT_FOUND', {
      ...(isAlias && {
        message: 'The model that this name stands for is not there. Ask an administrator of the instance.',
      }),
      details: { field: 'model', constraint: 'exists', allowed: this.names(catalogue) },
    });
  }

  private names(catalogue: Catalogue): string[] {
    const { aliases, links } = catalogue;
    const builtIns = this.catalogue.listBuiltIns().map(({ id }) => id);
    const working = Object.keys(aliases).filter((name) =>
      this.catalogue.find(targetOf(name, catalogue), catalogue),
    );
    const upstream = links.flatMap(({ models }) => models.all.map(({ id }) => id)).sort();
    return [...new Set([...builtIns, ...working.sort(), ...upstream])].slice(0, MOST_NAMES);
  }
}
