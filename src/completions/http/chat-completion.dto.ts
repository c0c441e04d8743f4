import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

const OBJECT = { type: 'object', additionalProperties: true } as const;
const OBJECTS = { type: 'array', items: OBJECT } as const;

/** A field that is shown and not checked. */
const Shown = (schema: object): PropertyDecorator => ApiProperty(schema as ApiPropertyOptions);

/** May be left out, and be null. */
const Optional = (schema: object): PropertyDecorator => Shown({ ...schema, nullable: true, required: false });

/**
 * OpenAI's request as the contract shows it. It is checked by `readChatRequest`, not by the request pipe, since fields that
 * nobody here knows go on to the model server.
 */
export class ChatCompletionRequestDto {
  @Shown({ type: 'string', minLength: 1, maxLength: 200 })
  model: string;

  @Shown({ ...OBJECTS, minItems: 1, maxItems: 10_000 })
  messages: object[];

  @Optional({ type: 'boolean' })
  stream?: boolean | null;

  @Optional(OBJECT)
  stream_options?: object | null;

  @Optional({ type: 'number', minimum: 0, maximum: 2 })
  temperature?: number | null;

  @Optional({ type: 'number', minimum: 0, maximum: 1 })
  top_p?: number | null;

  @Optional({ type: 'integer', minimum: 1, maximum: 128 })
  n?: number | null;

  @Optional({ type: 'integer', minimum: 1 })
  max_tokens?: number | null;

  @Optional({ type: 'integer', minimum: 1 })
  max_completion_tokens?: number | null;

  @Shown({
    oneOf: [{ type: 'string' }, { type: 'array', maxItems: 16, items: { type: 'string' } }, { type: 'null' }],
    required: false,
  })
  stop?: string | string[] | null;

  @Optional({ type: 'integer' })
  seed?: number | null;

  @Optional({ ...OBJECTS, maxItems: 1000 })
  tools?: object[] | null;

  @Shown({ oneOf: [{ type: 'string' }, OBJECT, { type: 'null' }], required: false })
  tool_choice?: string | object | null;

  @Optional(OBJECT)
  response_format?: object | null;

  @Optional({ type: 'string', maxLength: 512 })
  user?: string | null;

  @Optional(OBJECT)
  metadata?: object | null;

  @Optional({ type: 'boolean' })
  store?: boolean | null;

  @Optional({ ...OBJECTS, maxItems: 100 })
  files?: object[] | null;

  @Optional({ type: 'array', maxItems: 100, items: { type: 'string' } })
  knowledge_ids?: string[] | null;

  @Optional({ type: 'array', maxItems: 20, items: { type: 'string' } })
  tool_ids?: string[] | null;
}

/** OpenAI's answer; a model server's further fields are handed on with it. */
export class ChatCompletionDto {
  @Shown({ type: 'string' })
  id: string;

  @Shown({ type: 'string', enum: ['chat.completion'] })
  object: string;

  @Shown({ type: 'integer' })
  created: number;

  @Shown({ type: 'string' })
  model: string;

  @Shown(OBJECTS)
  choices: object[];

  @Optional(OBJECT)
  usage?: object | null;

  @Shown({ ...OBJECTS, required: false })
  citations?: object[];
}
