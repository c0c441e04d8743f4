import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { SealedTextEraser } from './sealed-text-eraser.js';
import { SealedTextsRepository } from './sealed-texts.repository.js';

/** What erasures do about sealed texts, whosever they are. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [SealedTextEraser, SealedTextsRepository] })
export class ErasureContentsModule {}
