import { Param } from '@nestjs/common';
import { platformError } from '../errors/app-error.js';
import { type IdPrefix, isId } from './ids.js';

/** An id in the path. What cannot be an id of that kind is a 404 like any missing one, and never reaches the database. */
export const IdParam = (prefix: IdPrefix, name = 'id'): ParameterDecorator =>
  Param(name, {
    transform(id: string): string {
      if (!isId(prefix, id)) throw platformError('NOT_FOUND');
      return id;
    },
  });
