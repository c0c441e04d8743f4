import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { UpstreamsModule } from '../upstreams/upstreams.module.js';
import { Assistants } from './assistants.service.js';
import { BuiltInModels } from './built-in-models.service.js';
import { ModelCatalogue } from './model-catalogue.service.js';
import { ModelRouter } from './model-router.service.js';
import { ModelsService } from './models.service.js';

/** What models there are, and where requests for them go. */
@Module({
  imports: [DiscoveryModule, UpstreamsModule],
  providers: [Assistants, BuiltInModels, ModelCatalogue, ModelRouter, ModelsService],
  exports: [Assistants, ModelRouter, ModelsService],
})
export class ModelsModule {}
