import { Global, Module } from '@nestjs/common';
import { ValuePrints } from '../../platform/erasure/sought-value.js';
import { RedactionValuePrints } from './value-prints.service.js';

/** Global, since whoever erases asks for it, and may not know the detector. */
@Global()
@Module({
  providers: [{ provide: ValuePrints, useClass: RedactionValuePrints }],
  exports: [ValuePrints],
})
export class ValuePrintsModule {}
