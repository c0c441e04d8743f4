import { Module } from '@nestjs/common';
import { FilesModule } from '../../files/index.js';
import { DocumentRedactionModule } from '../document-redaction.module.js';
import { RedactionsModule } from '../redactions/redactions.module.js';
import { PreviewsController } from './http/previews.controller.js';
import { Originals } from './originals.service.js';
import { PreviewsService } from './previews.service.js';

/** What redactions would do to documents, shown and not done. */
@Module({
  imports: [DocumentRedactionModule, FilesModule, RedactionsModule],
  controllers: [PreviewsController],
  providers: [Originals, PreviewsService],
})
export class PreviewsModule {}
