import { Param } from '@nestjs/common';
import { platformError } from '../errors/app-error.js';
import { type IdPrefix, isId } from './ids.js';

/** The path's `id`. What cannot be an id of that kind is a 404 like any missing one, and never reaches the database. */
export const IdParam = (prefix: IdPrefix): ParameterDecorator =>
  Param('id', {
    transform(id: string): string {
      if (!isId(prefix, id)) throw platformError('NOT_FOUND');
      return id;
    },
  });
