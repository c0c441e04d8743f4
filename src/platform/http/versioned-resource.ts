import { applyDecorators, Delete, Get, Patch, Post, type Type } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from './core-operation.decorator.js';
import { ConditionalRead, ConditionalWrite } from './etag.js';
import type { Permission } from './permission.js';

/** A resource of the core that is made, listed, read, changed and deleted by its id, and has versions. */
export interface VersionedResource {
  /** `prompts`: what its operations' ids begin with. */
  readonly module: string;
  /** `Prompt` and `Prompts`, as operations name one and many. */
  readonly noun: string;
  readonly plural: string;
  /** `prompt`: what its audit actions begin with. */
  readonly event: string;
  readonly read: Permission;
  readonly write: Permission;
  /** What making one takes, and deleting one, where that is not the same. */
  readonly create?: Permission;
  readonly remove?: Permission;
  readonly type: Type;
  /** What making one answers, where that is more. */
  readonly made?: Type;
  readonly list: Type;
}

/** What an operation answers beside what every one of its kind does. */
interface More {
  readonly errors?: readonly number[];
}

/** The parameter of a path that names one of a resource. */
export const IdInPath = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string' } });

/**
 * Decorators of a resource's five operations: method, path, parameters and contract in one. Reading one and writing answer with
 * its ETag; they take `If-None-Match` and `If-Match`, and every write takes an `Idempotency-Key`.
 */
export function operationsOf(resource: VersionedResource) {
  const { module, noun, plural, event, read, write, type, list } = resource;
  const one = { status: 200, type, etag: true } as const;
  const writing = { access: write, idempotent: true } as const;
  const named = [IdInPath(), ConditionalWrite()];
  return {
    Create: ({ errors = [] }: More = {}): MethodDecorator => {
      const id = `${module}.create${noun}`;
      const success = { ...one, status: 201, type: resource.made ?? type };
      const rest = { errors: [400, 413, 415, ...errors], audit: `${event}.created` };
      const access = resource.create ?? write;
      return applyDecorators(Post(), CoreOperation({ id, ...writing, access, success, ...rest }));
    },
    List: (): MethodDecorator => {
      const success = { status: 200, type: list };
      const id = `${module}.list${plural}`;
      return applyDecorators(Get(), CoreOperation({ id, access: read, success, errors: [400] }));
    },
    Read: (): MethodDecorator => {
      const reading = { access: read, success: one, errors: [400, 404] };
      const operation = CoreOperation({ id: `${module}.get${noun}`, ...reading });
      return applyDecorators(Get(':id'), IdInPath(), ConditionalRead(), operation);
    },
    Update: ({ errors = [] }: More = {}): MethodDecorator => {
      const id = `${module}.update${noun}`;
      const rest = { errors: [400, 404, 412, 413, 415, ...errors], audit: `${event}.updated` };
      const operation = CoreOperation({ id, ...writing, success: one, ...rest });
      return applyDecorators(Patch(':id'), ...named, operation);
    },
    Remove: ({ errors = [] }: More = {}): MethodDecorator => {
      const id = `${module}.delete${noun}`;
      const rest = { errors: [400, 404, 412, ...errors], audit: `${event}.deleted` };
      const access = resource.remove ?? write;
      const operation = CoreOperation({ id, ...writing, access, success: { status: 204 }, ...rest });
      return applyDecorators(Delete(':id'), ...named, operation);
    },
  };
}
