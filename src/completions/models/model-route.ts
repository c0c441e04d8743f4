import type { BuiltInModel } from '../built-in-model.js';
import type { Upstream } from '../upstreams/upstream.js';

/** Where a request for a model goes. */
export interface ModelRoute {
  /** As the client named it. */
  readonly requested: string;
  /** As its model server, or this one, knows it. */
  readonly model: string;
  /** A model of this server; nothing is sent then. */
  readonly builtIn: BuiltInModel | undefined;
  /** Model servers that have it, in the order in which they are asked; none for a model of this server. */
  readonly candidates: readonly Upstream[];
}
