/**
 * Values that the protocol itself defines, wherever it has a closed list of them: they hold nothing, and a model server
 * understands no others. What else stands in their place is searched like any name.
 */
export const PROTOCOL_WORDS: ReadonlySet<string> = new Set(
  `system developer user assistant tool function custom text image_url input_audio audio file refusal image video
   auto none required default flex scale priority minimal low medium high xhigh max in_memory in-memory 24h
   json_object json_schema grammar lark regex content allowed_tools approximate ephemeral
   wav mp3 flac opus aac pcm16 pcm stop length tool_calls content_filter function_call
   object array string number integer boolean null
   date date-time time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri uuid
   json-pointer relative-json-pointer int32 int64 float double byte binary password`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Top-level fields of OpenAI's contract. */
export const KNOWN_FIELDS: ReadonlySet<string> = new Set(
  `messages model audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens
   metadata modalities moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key
   prompt_cache_retention prompt_cache_options reasoning_effort response_format safety_identifier seed service_tier stop store stream
   stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options`
    .split(/\s+/)
    .filter((field) => field !== ''),
);
