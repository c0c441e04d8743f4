import { Module } from '@nestjs/common';
import { ModelsModule } from '../models/models.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { ShieldModule } from '../shield/shield.module.js';
import { UpstreamsModule } from '../upstreams/upstreams.module.js';
import { UpstreamEmbedder } from './upstream-embedder.service.js';

/** Vectors from model servers, which see no personal data; for requests and for workers. */
@Module({
  imports: [ModelsModule, PoliciesModule, ShieldModule, UpstreamsModule],
  providers: [UpstreamEmbedder],
})
export class EmbeddingsModule {}
