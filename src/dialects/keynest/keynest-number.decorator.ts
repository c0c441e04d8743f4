import { Param } from '@nestjs/common';
import { platformError } from '../../platform/errors/app-error.js';

/** The path's number. What cannot be one is a 404 like any missing one, and never reaches the database. */
export const NumberParam = (): ParameterDecorator =>
  Param('id', {
    transform(text: string): number {
      if (!/^[1-9]\d{0,14}$/.test(text)) throw platformError('NOT_FOUND');
      return Number(text);
    },
  });
