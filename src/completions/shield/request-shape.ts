/**
 * What a text of a request is. `content` is searched, and what is found in it replaced where it stands. `name` is searched
 * and, when something is found, replaced as a whole and everywhere alike, since one place refers to another by it. `word` is one
 * of the protocol's own words, or else a name. `setting` leaves numbers alone. `model` is nobody's to change. `person` tells
 * end users apart. `payload` is what cannot be searched; `link` a web address that has to stay one.
 */
export type TextRole = 'content' | 'name' | 'word' | 'setting' | 'model' | 'person' | 'payload' | 'link';

/** What stands where in a request. Names of the members listed are the protocol's; all others are searched. */
export interface Shape {
  /** Of texts and numbers that stand here, and in whatever the shape says nothing of. */
  readonly role: TextRole;
  readonly members?: Readonly<Record<string, Shape>>;
  /** Of members that are not listed; content when absent. */
  readonly others?: Shape;
  /** Of items; this same shape when absent. */
  readonly items?: Shape;
  /** Values are searched in the light of their names. */
  readonly hasLabels?: boolean;
  /** Objects here may be an image, audio or a file. */
  readonly isPart?: boolean;
  /** So may what members carry that are not listed. */
  readonly isMessage?: boolean;
}

export const CONTENT: Shape = { role: 'content', hasLabels: true };
const TEXT: Shape = { role: 'content' };
const NAME: Shape = { role: 'name' };
const WORD: Shape = { role: 'word' };
const SETTING: Shape = { role: 'setting' };
const PAYLOAD: Shape = { role: 'payload' };

const FILE: Shape = { role: 'content', members: { file_data: PAYLOAD, file_id: NAME, filename: TEXT } };
const AUDIO: Shape = { role: 'content', members: { data: PAYLOAD, format: WORD, id: NAME } };
const LINK: Shape = { role: 'link', members: { url: { role: 'link' }, detail: WORD } };

const PART: Shape = {
  role: 'content',
  isPart: true,
  members: {
    type: WORD,
    text: TEXT,
    refusal: TEXT,
    image_url: LINK,
    video_url: LINK,
    audio_url: LINK,
    input_audio: AUDIO,
    audio: AUDIO,
    file: FILE,
    cache_control: { role: 'word', members: { type: WORD, ttl: WORD } },
  },
};

const MESSAGE_CONTENT: Shape = { ...PART, items: PART };

const CALL: Shape = {
  role: 'content',
  members: {
    ...{ id: NAME, type: WORD, index: SETTING },
    function: { role: 'content', members: { name: NAME, arguments: TEXT } },
    custom: { role: 'content', members: { name: NAME, input: TEXT } },
  },
};

const MESSAGE: Shape = {
  role: 'content',
  isMessage: true,
  members: {
    ...{ role: WORD, content: MESSAGE_CONTENT, refusal: TEXT, reasoning_content: TEXT, reasoning: TEXT },
    // A participant's, and so perhaps a person's.
    name: { role: 'name', hasLabels: true },
    ...{ tool_call_id: NAME, tool_calls: { role: 'content', items: CALL } },
    function_call: { role: 'content', members: { name: NAME, arguments: TEXT } },
    audio: { role: 'content', members: { id: NAME } },
  },
};

const SCHEMA_WORDS = { type: WORD, format: WORD };
const SCHEMA_NUMBERS = Object.fromEntries(
  `minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems minProperties
   maxProperties minContains maxContains`
    .split(/\s+/)
    .map((name) => [name, SETTING]),
);

/** JSON Schema: what stands under its own words is schema again, and names of properties are names. */
function schemaShape(): Shape {
  const schema: { role: TextRole; members: Record<string, Shape>; others: Shape } = {
    role: 'content',
    members: {},
    others: CONTENT,
  };
  const byName: Shape = { role: 'content', others: schema };
  for (const name of 'properties patternProperties $defs definitions dependentSchemas'.split(' '))
    schema.members[name] = byName;
  for (const name of 'items prefixItems contains additionalProperties not if then else anyOf oneOf allOf propertyNames'.split(
    ' ',
  ))
    schema.members[name] = schema;
  for (const name of ['description', 'title', 'pattern', '$ref', '$id', '$schema'])
    schema.members[name] = TEXT;
  for (const name of ['default', 'examples', 'enum', 'const']) schema.members[name] = TEXT;
  schema.members.required = NAME;
  Object.assign(schema.members, SCHEMA_WORDS, SCHEMA_NUMBERS);
  return schema;
}

const FUNCTION: Shape = {
  role: 'content',
  members: {
    name: NAME,
    description: TEXT,
    parameters: schemaShape(),
    schema: schemaShape(),
    strict: SETTING,
  },
};

const CUSTOM_TOOL: Shape = {
  role: 'content',
  members: {
    ...{ name: NAME, description: TEXT },
    format: {
      role: 'content',
      members: {
        type: WORD,
        grammar: { role: 'content', members: { definition: TEXT, syntax: WORD } },
      },
    },
  },
};

const TOOL: Shape = {
  role: 'content',
  members: { type: WORD, function: FUNCTION, custom: CUSTOM_TOOL },
};

/** Which tool is to be called: by a word, or by its name. */
const CHOICE: Shape = {
  role: 'word',
  members: {
    ...{ type: WORD, mode: WORD, name: NAME },
    function: { role: 'name', members: { name: NAME } },
    custom: { role: 'name', members: { name: NAME } },
  },
};

const TOOL_CHOICE: Shape = {
  ...CHOICE,
  members: {
    ...CHOICE.members,
    tools: { role: 'content', items: CHOICE },
    allowed_tools: {
      role: 'word',
      members: { ...CHOICE.members, tools: { role: 'content', items: CHOICE } },
    },
  },
};

const LOCATION: Shape = {
  role: 'content',
  members: {
    type: WORD,
    approximate: { role: 'content', members: { city: TEXT, region: TEXT, country: TEXT, timezone: TEXT } },
  },
};

const NUMBERS =
  `frequency_penalty presence_penalty temperature top_p top_k min_p n seed max_tokens max_completion_tokens
  top_logprobs logprobs stream store parallel_tool_calls`.split(/\s+/);
const WORDS =
  `modalities moderation prompt_cache_options prompt_cache_retention reasoning_effort service_tier verbosity`.split(
    /\s+/,
  );

/** A whole request. */
export const REQUEST: Shape = {
  role: 'content',
  hasLabels: true,
  members: {
    model: { role: 'model' },
    messages: { role: 'content', items: MESSAGE },
    tools: { role: 'content', items: TOOL },
    functions: { role: 'content', items: FUNCTION },
    tool_choice: TOOL_CHOICE,
    function_call: TOOL_CHOICE,
    response_format: {
      role: 'word',
      members: { type: WORD, json_schema: FUNCTION, grammar: TEXT },
    },
    prediction: { role: 'content', members: { type: WORD, content: MESSAGE_CONTENT } },
    ...{ user: { role: 'person' }, safety_identifier: { role: 'person' }, prompt_cache_key: NAME },
    ...{ stop: TEXT, metadata: CONTENT },
    audio: { role: 'word', members: { voice: { role: 'name', members: { id: NAME } }, format: WORD } },
    stream_options: { role: 'setting', members: { include_usage: SETTING, include_obfuscation: SETTING } },
    web_search_options: { role: 'content', members: { search_context_size: WORD, user_location: LOCATION } },
    // Names of its members are numbers of the model's tokens.
    logit_bias: { role: 'setting', others: SETTING },
    ...Object.fromEntries(NUMBERS.map((name) => [name, SETTING])),
    ...Object.fromEntries(WORDS.map((name) => [name, WORD])),
  },
};
