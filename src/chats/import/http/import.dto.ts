import { ApiProperty } from '@nestjs/swagger';
import {
  BooleanField,
  DataField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../../platform/http/fields.js';
import { IMPORT_SOURCES, type ImportSource, REFUSALS, type RefusalReason } from '../imported-chat.js';

export const IMPORT_FORMATS = ['auto', ...IMPORT_SOURCES] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

const STATUSES = ['imported', 'skipped', 'refused'] as const;
const FORMAT = { optional: true, enum: IMPORT_FORMATS, default: 'auto' } as const;
const REHEARSAL = { optional: true, default: false } as const;
const PROJECT = { optional: true, minLength: 1, maxLength: 100 } as const;

/** The form's parts. */
export class ChatImportFormDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file: unknown;

  @StringField(FORMAT)
  format?: ImportFormat;

  @BooleanField(REHEARSAL)
  dry_run?: boolean;

  @StringField(PROJECT)
  project_id?: string;
}

/** The same as JSON. */
export class ImportChatsDto {
  @DataField()
  data: unknown;

  @StringField(FORMAT)
  format: ImportFormat = 'auto';

  @BooleanField(REHEARSAL)
  dry_run = false;

  @StringField(PROJECT)
  project_id?: string;
}

export class ChatLeftOutDto {
  @StringField()
  path: string;

  @StringField()
  kind: string;
}

export class ChatRefusalDto {
  @StringField({ enum: REFUSALS })
  reason: RefusalReason;

  @StringField()
  path: string;

  @StringField()
  message: string;
}

export class ImportedChatDto {
  @NumberField({ integer: true, minimum: 0 })
  index: number;

  @StringField({ enum: STATUSES })
  status: (typeof STATUSES)[number];

  @StringField({ nullable: true })
  id: string | null;

  @StringField({ enum: IMPORT_SOURCES, nullable: true })
  source: ImportSource | null;

  @StringField({ nullable: true })
  source_id: string | null;

  @StringField({ nullable: true })
  title: string | null;

  @NumberField({ integer: true, minimum: 0 })
  messages: number;

  @NumberField({ integer: true, minimum: 0 })
  left_out_count: number;

  @ObjectsField(() => ChatLeftOutDto)
  left_out: ChatLeftOutDto[];

  @ObjectField(() => ChatRefusalDto, { nullable: true })
  refusal: ChatRefusalDto | null;
}

export class ChatImportDto {
  @BooleanField()
  dry_run: boolean;

  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 0 })
  imported: number;

  @NumberField({ integer: true, minimum: 0 })
  skipped: number;

  @NumberField({ integer: true, minimum: 0 })
  refused: number;

  @NumberField({ integer: true, minimum: 0 })
  messages: number;

  @ObjectsField(() => ImportedChatDto)
  chats: ImportedChatDto[];
}
