import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { packageRoot } from '../../platform/config/package-root.js';
import { NameJudges } from './name-judges.service.js';
import { MODEL_PROGRAM, NameModel } from './name-model.service.js';

/** The model of accurate mode. */
@Module({
  providers: [
    NameJudges,
    NameModel,
    {
      provide: MODEL_PROGRAM,
      useFactory: () => join(packageRoot(), 'dist', 'redaction', 'model', 'child.js'),
    },
  ],
  exports: [NameJudges],
})
export class ModelModule {}
