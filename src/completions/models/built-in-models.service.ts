import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { findProviders } from '../../platform/providers/find-providers.js';
import { BuiltInModel } from '../built-in-model.js';

/** The models of this server, which features hand in as providers. */
@Injectable()
export class BuiltInModels {
  private known: ReadonlyMap<string, BuiltInModel> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  get(id: string): BuiltInModel | undefined {
    return this.byId().get(id);
  }

  list(): BuiltInModel[] {
    return [...this.byId().values()];
  }

  private byId(): ReadonlyMap<string, BuiltInModel> {
    this.known ??= new Map(findProviders(this.discovery, BuiltInModel).map((model) => [model.id, model]));
    return this.known;
  }
}
