import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Sandboxes } from '../../platform/tenants/sandboxes.js';
import { SandboxMaker } from './sandbox-maker.service.js';
import { SandboxesRepository } from './sandboxes.repository.js';

/** The making of sandboxes. Global, since auth asks for it. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [SandboxMaker, SandboxesRepository, { provide: Sandboxes, useExisting: SandboxMaker }],
  exports: [SandboxMaker, Sandboxes, SandboxesRepository],
})
export class SandboxModule {}
