/** A parsed OpenAPI document, or any part of one. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const OUTSIDE = /^[\w./-]+\.yaml(#\/components\/(\w+)\/(\w+))$/;
const INSIDE = /^#\/components\/(\w+)\/(\w+)$/;

/** Calls `visit` for every reference in a part of a document, and puts in its place what `visit` returns. */
function mapReferences(part: Json, visit: (reference: string) => string): Json {
  if (Array.isArray(part)) return part.map((item) => mapReferences(item, visit));
  if (!isObject(part)) return part;
  const entries = Object.entries(part).map(([key, value]) => [
    key,
    key === '$ref' && typeof value === 'string' ? visit(value) : mapReferences(value, visit),
  ]);
  return Object.fromEntries(entries);
}

function component(document: JsonObject, kind: string, name: string): Json {
  const components = document.components;
  const group = isObject(components) ? components[kind] : undefined;
  const found = isObject(group) ? group[name] : undefined;
  if (found === undefined) throw new Error(`#/components/${kind}/${name} does not exist`);
  return found;
}

/**
 * A surface's contract made whole: what it references in the core's contract is copied into its own components, so
 * that a client needs one file only. A surface's own component wins over the core's of the same name.
 * @throws Error naming a reference that leads nowhere
 */
export function bundle(document: JsonObject, core: JsonObject): JsonObject {
  const components: Record<string, Record<string, Json>> = {};
  for (const [kind, group] of Object.entries(isObject(document.components) ? document.components : {})) {
    components[kind] = isObject(group) ? { ...group } : {};
  }
  const borrow = (kind: string, name: string): void => {
    const group = components[kind] ?? {};
    if (name in group) return;
    components[kind] = group;
    group[name] = null;
    group[name] = mapReferences(component(core, kind, name), (reference) => {
      const [, innerKind = '', innerName = ''] = INSIDE.exec(reference) ?? [];
      borrow(innerKind, innerName);
      return reference;
    });
  };
  const localize = (reference: string): string => {
    const [, local, kind = '', name = ''] = OUTSIDE.exec(reference) ?? [];
    if (!local) return reference;
    borrow(kind, name);
    return local;
  };
  const whole = mapReferences(document, localize) as JsonObject;
  for (const [kind, group] of Object.entries(isObject(whole.components) ? whole.components : {})) {
    components[kind] = { ...components[kind], ...(isObject(group) ? group : {}) };
  }
  return { ...whole, components };
}
