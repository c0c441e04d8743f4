import { Module } from '@nestjs/common';
import { UpstreamOperations } from './http/upstream-operations.js';
import { UpstreamsController } from './http/upstreams.controller.js';
import { UpstreamChangesService } from './upstream-changes.service.js';
import { UpstreamChecks } from './upstream-check.service.js';
import { UpstreamClient } from './upstream-client.service.js';
import { UpstreamDirectory } from './upstream-directory.service.js';
import { UpstreamKeys } from './upstream-keys.service.js';
import { UpstreamsRepository } from './upstreams.repository.js';
import { UpstreamsService } from './upstreams.service.js';

/** Model servers: which there are, and asking them. */
@Module({
  controllers: [UpstreamsController],
  providers: [
    UpstreamChangesService,
    UpstreamChecks,
    UpstreamClient,
    UpstreamDirectory,
    UpstreamKeys,
    UpstreamOperations,
    UpstreamsRepository,
    UpstreamsService,
  ],
  exports: [UpstreamClient, UpstreamDirectory],
})
export class UpstreamsModule {}
