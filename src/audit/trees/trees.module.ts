import { Module } from '@nestjs/common';
import { LogSigner } from './log-signer.service.js';
import { TreeNodesRepository } from './tree-nodes.repository.js';
import { TreesRepository } from './trees.repository.js';

/** The trees of the audit log, for those who let them grow and those who read them. */
@Module({
  providers: [LogSigner, TreeNodesRepository, TreesRepository],
  exports: [LogSigner, TreeNodesRepository, TreesRepository],
})
export class TreesModule {}
