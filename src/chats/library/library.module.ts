import { Module } from '@nestjs/common';
import { LibraryRepository } from './library.repository.js';
import { LibraryNewsWriter } from './library-news.service.js';
import { LibrarySealer } from './library-sealer.service.js';
import { OrganizationLibrary } from './organization-library.js';

/** What members keep for use in chats, for themselves or for their team. */
@Module({
  providers: [LibraryNewsWriter, LibraryRepository, LibrarySealer, OrganizationLibrary],
  exports: [LibraryNewsWriter, LibraryRepository, LibrarySealer],
})
export class LibraryModule {}
