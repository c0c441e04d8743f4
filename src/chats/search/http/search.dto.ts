import { BooleanField, NumberField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/paging.js';

const TIME = { minLength: 1, maxLength: 40, optional: true } as const;

export class SearchChatsQuery extends PageQuery {
  @StringField({ minLength: 1, maxLength: 400, redact: true })
  q: string;

  @StringField({ minLength: 1, maxLength: 1000, optional: true })
  cursor?: string;

  @BooleanField({ optional: true })
  archived?: boolean;

  @StringField(TIME)
  created_after?: string;

  @StringField(TIME)
  created_before?: string;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  project_id?: string;
}

export class ChatHighlightDto {
  @NumberField({ integer: true, minimum: 0 })
  start: number;

  @NumberField({ integer: true, minimum: 0 })
  end: number;
}

export class ChatSnippetDto {
  @StringField({ nullable: true })
  message_id: string | null;

  @StringField()
  text: string;

  @ObjectsField(() => ChatHighlightDto)
  highlights: ChatHighlightDto[];
}

export class ChatHitDto {
  @StringField()
  id: string;

  @StringField()
  title: string;

  @BooleanField()
  archived: boolean;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @ObjectsField(() => ChatSnippetDto)
  snippets: ChatSnippetDto[];
}

export class ChatHitListDto {
  @ObjectsField(() => ChatHitDto)
  data: ChatHitDto[];

  @BooleanField()
  has_more: boolean;

  @NumberField({ integer: true, minimum: 0 })
  unreadable: number;

  @NumberField({ integer: true, minimum: 1 })
  page: number;

  @NumberField({ integer: true, minimum: 1 })
  page_size: number;

  @StringField({ nullable: true })
  next_cursor: string | null;
}
