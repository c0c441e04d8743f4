import { Module } from '@nestjs/common';
import { FilesModule } from '../../files/index.js';
import { DocumentRedactionModule } from '../document-redaction.module.js';
import { DocumentSearcher } from './document-searcher.service.js';
import { FileSearch } from './file-search.service.js';

/** Looking for values in files; whoever erases finds it. */
@Module({ imports: [DocumentRedactionModule, FilesModule], providers: [DocumentSearcher, FileSearch] })
export class DocumentSearchModule {}
