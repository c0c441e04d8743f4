import { Injectable } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ChatHead, ChatRow } from './chat.js';
import type { MessageBody, MessageRow } from './messages/message.js';

type HeadPlace = Pick<ChatRow, 'organizationId' | 'id' | 'headVersion'>;

const headPlace = ({ organizationId, id, headVersion }: HeadPlace) => ({
  organizationId,
  table: 'chats',
  id,
  version: headVersion,
});

const bodyPlace = (organizationId: string, { chatId, id }: Pick<MessageRow, 'chatId' | 'id'>) => ({
  organizationId,
  table: 'chat_messages',
  id: `${chatId}/${id}`,
  version: 1,
});

const toBytes = (value: object): Buffer => Buffer.from(JSON.stringify(value));

/** Chats at rest: what is said in them opens in its own place alone, and says nothing of anybody without its tokens. */
@Injectable()
export class ChatSealer {
  constructor(private readonly sealer: Sealer) {}

  sealHead(place: HeadPlace, { title, model }: ChatHead, db: Tx): Promise<Buffer> {
    return this.sealer.seal(headPlace(place), toBytes({ title, model }), db);
  }

  /** @throws OpenError when it was changed or moved */
  async openHead(row: ChatRow, db: Tx): Promise<ChatHead> {
    const bytes = await this.sealer.open(headPlace(row), row.headSealed, db);
    return JSON.parse(bytes.toString('utf8'));
  }

  sealBody(
    organizationId: string,
    message: Pick<MessageRow, 'chatId' | 'id'>,
    body: MessageBody,
    db: Tx,
  ): Promise<Buffer> {
    return this.sealer.seal(bodyPlace(organizationId, message), toBytes(body), db);
  }

  /** @throws OpenError when it was changed or moved */
  async openBody(organizationId: string, row: MessageRow, db: Tx): Promise<MessageBody> {
    const bytes = await this.sealer.open(bodyPlace(organizationId, row), row.bodySealed, db);
    return JSON.parse(bytes.toString('utf8'));
  }
}
