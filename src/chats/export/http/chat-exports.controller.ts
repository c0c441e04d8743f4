import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import { IdParam } from '../../../platform/http/id-param.decorator.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { ChatExports, type ChatFormat } from '../chat-exports.service.js';
import { ExportChatQuery, ExportChatsQuery } from './export.dto.js';

const FILES: Readonly<Record<ChatFormat, { readonly type: string; readonly extension: string }>> = {
  json: { type: 'application/json; charset=utf-8', extension: 'json' },
  jsonl: { type: 'application/jsonl; charset=utf-8', extension: 'jsonl' },
  markdown: { type: 'text/markdown; charset=utf-8', extension: 'md' },
};

const EXPORTED = { access: 'chat:read', audit: 'chat.exported', transfer: 'download' } as const;

@Controller('_core/chats')
export class ChatExportsController {
  constructor(private readonly exports: ChatExports) {}

  @Get('export')
  @CoreOperation({
    id: 'chats.exportChats',
    ...EXPORTED,
    success: { status: 200, binary: true },
    errors: [400],
  })
  async exportChats(
    @CurrentCaller() caller: Caller,
    @Query() query: ExportChatsQuery,
  ): Promise<StreamableFile> {
    const { format, archived, created_after, created_before } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    return fileOf('chats', format, await this.exports.exportAll(caller, format, { ...range, archived }));
  }

  @Get(':id/export')
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @CoreOperation({
    id: 'chats.exportChat',
    ...EXPORTED,
    success: { status: 200, binary: true },
    errors: [400, 404],
  })
  async exportChat(
    @CurrentCaller() caller: Caller,
    @IdParam('chat') id: string,
    @Query() { format }: ExportChatQuery,
  ): Promise<StreamableFile> {
    return fileOf(id, format, await this.exports.exportChat(caller, id, format));
  }
}

/** @param name nothing that needs an escape */
function fileOf(name: string, format: ChatFormat, pieces: AsyncIterable<string>): StreamableFile {
  const { type, extension } = FILES[format];
  const disposition = `attachment; filename="${name}.${extension}"`;
  return new StreamableFile(Readable.from(pieces, { objectMode: false }), { type, disposition });
}
