import { Module } from '@nestjs/common';
import { LocalExtractive } from './local-extractive.js';

/** The model that needs no weights. */
@Module({ providers: [LocalExtractive] })
export class ExtractiveModule {}
