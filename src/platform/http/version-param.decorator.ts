import { Param } from '@nestjs/common';
import { platformError } from '../errors/app-error.js';

/** The path's version; what cannot be one is a 404 like any missing one. */
export const VersionParam = (): ParameterDecorator =>
  Param('version', {
    transform(text: string): number {
      if (!/^[1-9]\d{0,8}$/.test(text)) throw platformError('NOT_FOUND');
      return Number(text);
    },
  });
