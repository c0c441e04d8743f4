import { Module } from '@nestjs/common';
import { DocsController } from './docs.controller.js';

/** `/docs`, and the contracts at `/openapi.yaml`, `/openapi.json` and `/openapi/<surface>.json`. */
@Module({ controllers: [DocsController] })
export class DocsModule {}
