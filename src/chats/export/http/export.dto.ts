import { BooleanField, StringField } from '../../../platform/http/fields.js';
import { CHAT_FORMATS, type ChatFormat, LIST_FORMATS, type ListFormat } from '../chat-exports.service.js';

const TIME = { minLength: 1, maxLength: 40, optional: true } as const;

export class ExportChatQuery {
  @StringField({ enum: CHAT_FORMATS, default: 'json', optional: true })
  format: ChatFormat = 'json';
}

export class ExportChatsQuery {
  @StringField({ enum: LIST_FORMATS, default: 'jsonl', optional: true })
  format: ListFormat = 'jsonl';

  @BooleanField({ optional: true })
  archived?: boolean;

  @StringField(TIME)
  created_after?: string;

  @StringField(TIME)
  created_before?: string;
}
