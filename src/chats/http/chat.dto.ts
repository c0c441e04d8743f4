import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ChatSampling } from '../../completions/index.js';
import {
  BooleanField,
  DataField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { LONGEST_TITLE } from '../chat.js';
import { MESSAGE_ROLES, type MessageContent, type MessageRole } from '../messages/message.js';

const OBJECTS = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

/** A field of an answer whose shape is OpenAI's. */
const Shown = (schema: object): PropertyDecorator => ApiProperty(schema as ApiPropertyOptions);

const TITLE = { minLength: 1, maxLength: LONGEST_TITLE, redact: true } as const;
const MODEL = { minLength: 1, maxLength: 200 } as const;
const ID = { minLength: 1, maxLength: 100 } as const;
const KNOWLEDGE = { ...ID, maxItems: ChatSampling.MOST_KNOWLEDGE, optional: true } as const;
const TOOLS = { ...ID, maxItems: ChatSampling.MOST_SERVER_TOOLS, optional: true } as const;
const TIME = { minLength: 1, maxLength: 40 } as const;

export class ChatDto {
  @StringField()
  id: string;

  @StringField()
  title: string;

  @StringField({ nullable: true })
  model: string | null;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  owner_id: string;

  @BooleanField()
  archived: boolean;

  @BooleanField()
  shared: boolean;

  @NumberField({ integer: true, minimum: 0 })
  message_count: number;

  @StringField({ nullable: true })
  current_message_id: string | null;

  @NumberField({ integer: true, minimum: 1 })
  version: number;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time' })
  updated_at: string;

  @BooleanField({ optional: true })
  unreadable?: boolean;
}

export class MessageDto {
  @StringField()
  id: string;

  @StringField()
  chat_id: string;

  @StringField({ nullable: true })
  parent_id: string | null;

  @StringField({ enum: MESSAGE_ROLES })
  role: MessageRole;

  @Shown({ oneOf: [{ type: 'string' }, OBJECTS, { type: 'null' }] })
  content: MessageContent;

  @Shown({ ...OBJECTS, required: false })
  tool_calls?: unknown[];

  @StringField({ optional: true })
  tool_call_id?: string;

  @Shown({ ...OBJECTS, required: false })
  citations?: unknown[];

  @StringField({ nullable: true })
  model: string | null;

  @BooleanField()
  complete: boolean;

  @StringField({ nullable: true })
  receipt_id: string | null;

  @StringField({ format: 'date-time' })
  created_at: string;

  @BooleanField({ optional: true })
  unreadable?: boolean;
}

/** A chat, and the turn it began with where it began with one. */
export class CreatedChatDto extends ChatDto {
  @ObjectField(() => MessageDto, { optional: true })
  message?: MessageDto;

  @ObjectField(() => MessageDto, { optional: true })
  answer?: MessageDto;
}

/** What was said and answered, and the chat as it is with it. */
export class TurnDto {
  @ObjectField(() => ChatDto)
  chat: ChatDto;

  @ObjectField(() => MessageDto, { nullable: true })
  message: MessageDto | null;

  @ObjectField(() => MessageDto)
  answer: MessageDto;
}

export class CreateChatDto {
  @StringField({ ...TITLE, optional: true })
  title?: string;

  @StringField({ ...MODEL, optional: true })
  model?: string;

  @StringField({ ...ID, optional: true })
  project_id?: string;

  @DataField({ optional: true })
  message?: unknown;

  @BooleanField({ optional: true })
  stream?: boolean;

  @StringsField(KNOWLEDGE)
  knowledge_ids?: string[];

  @StringsField(TOOLS)
  tool_ids?: string[];
}

export class UpdateChatDto {
  @StringField({ ...TITLE, optional: true })
  title?: string;

  @StringField({ ...MODEL, optional: true, nullable: true })
  model?: string | null;

  @StringField({ ...ID, optional: true })
  current_message_id?: string;
}

export class AddMessageDto {
  @DataField({ optional: true })
  content?: unknown;

  @StringField({ ...ID, optional: true, nullable: true })
  parent_id?: string | null;

  @StringField({ ...MODEL, optional: true })
  model?: string;

  @BooleanField({ optional: true })
  stream?: boolean;

  @NumberField({ minimum: 0, maximum: 2, optional: true })
  temperature?: number;

  @NumberField({ integer: true, minimum: 1, optional: true })
  max_tokens?: number;

  @StringsField(KNOWLEDGE)
  knowledge_ids?: string[];

  @StringsField(TOOLS)
  tool_ids?: string[];
}

export class ChatListDto extends ListDto {
  @ObjectsField(() => ChatDto)
  data: ChatDto[];
}

export class MessageListDto extends ListDto {
  @ObjectsField(() => MessageDto)
  data: MessageDto[];
}

export class ChatQuery extends ListQuery {
  @StringField({ ...TIME, optional: true })
  created_after?: string;

  @StringField({ ...TIME, optional: true })
  created_before?: string;

  @BooleanField({ default: false, optional: true })
  archived = false;

  @BooleanField({ default: false, optional: true })
  shared_with_me = false;

  @BooleanField({ default: false, optional: true })
  break_glass = false;

  @StringField({ ...ID, optional: true })
  project_id?: string;

  @SortField(['created_at', 'updated_at'])
  sort?: 'created_at' | 'updated_at';
}

export class MessageQuery extends ListQuery {
  @BooleanField({ default: false, optional: true })
  branch = false;

  @StringField({ ...ID, optional: true })
  parent_id?: string;
}

export class ShareChatDto {
  @StringField(ID)
  user_id: string;
}

export class ChatShareDto {
  @StringField()
  id: string;

  @StringField()
  chat_id: string;

  @StringField()
  user_id: string;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;
}

export class ChatShareListDto extends ListDto {
  @ObjectsField(() => ChatShareDto)
  data: ChatShareDto[];
}

export class UnshareQuery {
  @StringField({ ...ID, optional: true })
  user_id?: string;
}
