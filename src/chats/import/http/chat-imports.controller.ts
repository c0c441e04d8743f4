import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CHAT_BODY_LIMIT } from '../../../completions/index.js';
import { Places } from '../../../platform/cooperation/places.js';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { CurrentForm, type IncomingForm } from '../../../platform/http/multipart.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { withoutIdleLimit } from '../../../platform/http/transfer.js';
import { ChatImports } from '../chat-imports.service.js';
import { ChatImportDto, ChatImportFormDto, ImportChatsDto } from './import.dto.js';
import { presentImport } from './import.presenter.js';
import { ImportReader } from './import-reader.service.js';

/** Imports of one process at a time: each has its file in memory. Others wait before theirs is read. */
const AT_A_TIME = 2;

@Controller('_core/chats/import')
export class ChatImportsController {
  private readonly places = new Places(AT_A_TIME);

  constructor(
    private readonly reader: ImportReader,
    private readonly imports: ChatImports,
  ) {}

  @Post()
  @CoreOperation({
    id: 'chats.importChats',
    access: 'chat:write',
    form: ChatImportFormDto,
    json: ImportChatsDto,
    transfer: 'upload',
    bodyLimit: CHAT_BODY_LIMIT,
    success: { status: 200, type: ChatImportDto },
    errors: [400, 404, 409, 413, 415],
    audit: 'chat.imported',
  })
  async importChats(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @CurrentForm() form: IncomingForm,
  ): Promise<ChatImportDto> {
    const leave = await withoutIdleLimit(request, () => this.places.enter(caller.signal()));
    try {
      const { caller: placed, order } = await this.reader.read(caller, request.body, form);
      const outcomes = await withoutIdleLimit(request, () => this.imports.import(placed, order));
      return presentImport(outcomes, order.isRehearsal);
    } finally {
      leave();
    }
  }
}
