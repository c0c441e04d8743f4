import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { holds, type Principal } from '../../platform/http/principal.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import { type Assistant, type AssistantCard, AssistantModels, isAssistantId } from '../assistant-models.js';
import { completionsError } from '../completions.errors.js';

/** The assistants that a feature above keeps, if there is one. */
@Injectable()
export class Assistants {
  private models: AssistantModels | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /**
   * The assistant that a name of a model is the id of; undefined for any other name, without a query.
   * @throws AppError MODEL_NOT_FOUND for one that is missing or that they do not see
   */
  async named(principal: Principal, model: string): Promise<Assistant | undefined> {
    if (!isAssistantId(model)) return undefined;
    const found = mayUse(principal) ? await this.source()?.find(principal, model) : undefined;
    if (found) return found;
    throw completionsError('MODEL_NOT_FOUND', { details: { field: 'model', constraint: 'exists' } });
  }

  async list(principal: Principal): Promise<AssistantCard[]> {
    return mayUse(principal) ? ((await this.source()?.list(principal)) ?? []) : [];
  }

  private source(): AssistantModels | undefined {
    this.models ??= findProviders(this.discovery, AssistantModels)[0];
    return this.models;
  }
}

/** Lists of models are read by more than may read what members keep for chats. */
const mayUse = (principal: Principal): boolean =>
  holds(principal, 'chat:read') || holds(principal, 'chat:write');
