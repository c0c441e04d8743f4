import type { Type } from '@nestjs/common';

/** What the request pipe must know of a field before class-validator sees it. */
export interface FieldKind {
  readonly kind: 'string' | 'number' | 'boolean' | 'array' | 'object' | 'opaque';
  /** Class of the object, or of the array's items. */
  readonly nested?: () => Type;
  /** Longest array whose items are looked at; a longer one is refused unseen. */
  readonly maxItems?: number;
}

const registry = new WeakMap<object, Map<string, FieldKind>>();

/** Notes a field of a DTO class. */
export const registerField =
  (kind: FieldKind): PropertyDecorator =>
  (target, name) => {
    const own = registry.get(target.constructor) ?? new Map<string, FieldKind>();
    own.set(String(name), kind);
    registry.set(target.constructor, own);
  };

/** Gives a class that was made out of another, as `OmitType` does, that one's fields but some. */
export function copyFields(from: object, to: object, except: readonly string[]): void {
  const kept = [...(fieldsOf(from) ?? [])].filter(([name]) => !except.includes(name));
  registry.set(to, new Map(kept));
}

const merged = new WeakMap<object, ReadonlyMap<string, FieldKind> | null>();

/** The fields of a DTO class and of its parents, or undefined when it is none. */
export function fieldsOf(dto: object): ReadonlyMap<string, FieldKind> | undefined {
  const known = merged.get(dto);
  if (known !== undefined) return known ?? undefined;
  const fields = new Map<string, FieldKind>();
  for (
    let type: object | null = dto;
    type && type !== Function.prototype;
    type = Object.getPrototypeOf(type)
  ) {
    for (const [name, kind] of registry.get(type) ?? []) if (!fields.has(name)) fields.set(name, kind);
  }
  merged.set(dto, fields.size > 0 ? fields : null);
  return fields.size > 0 ? fields : undefined;
}

const optionalBodies = new WeakSet<object>();

/** Marks a body that may be left out: its defaults then hold. */
export const OptionalBody = (): ClassDecorator => (dto) => void optionalBodies.add(dto);

export const isBodyOptional = (dto: object): boolean => optionalBodies.has(dto);
