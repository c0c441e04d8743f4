/** The part of an OpenAPI document that checks read. */
export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly unknown[];
  readonly requestBody?: { readonly content: Record<string, MediaType> };
  readonly responses: Record<string, Response>;
  readonly [extension: `x-${string}`]: unknown;
}

export interface MediaType {
  readonly schema?: unknown;
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly value: unknown }>;
}

export interface Response {
  readonly $ref?: string;
  readonly content?: Record<string, MediaType>;
}

export interface Contract {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Record<string, Record<string, unknown>>;
  readonly security?: readonly unknown[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation with its path and method. */
export function operationsOf(contract: Contract): { path: string; method: string; operation: Operation }[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

/** A response, whether it stands in its place or is referenced. */
export function resolveResponse(contract: Contract, response: Response): Response {
  const name = /^#\/components\/responses\/(\w+)$/.exec(response.$ref ?? '')?.[1];
  return name ? (contract.components.responses?.[name] as Response) : response;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
}

/** The parameters of a query that must be there, as the contract's examples give them. */
export function queryOf({ parameters }: Operation): string {
  const needed = ((parameters ?? []) as Parameter[]).filter(
    (parameter) => parameter.in === 'query' && parameter.required,
  );
  const query = new URLSearchParams(
    needed.map(({ name, example }): [string, string] => [name, String(example)]),
  );
  return query.size > 0 ? `?${query}` : '';
}
