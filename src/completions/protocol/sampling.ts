/** Bounds of OpenAI's parameters that say how an answer is made, as requests and assistants give them. */
export const SAMPLING = {
  temperature: { minimum: 0, maximum: 2 },
  top_p: { minimum: 0, maximum: 1 },
  max_tokens: { minimum: 1, maximum: 2 ** 31 },
  presence_penalty: { minimum: -2, maximum: 2 },
  frequency_penalty: { minimum: -2, maximum: 2 },
  seed: { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
} as const;

/** Most texts at which an answer stops. */
export const MOST_STOPS = 16;

/** Most knowledge bases of one request. */
export const MOST_KNOWLEDGE = 100;

/** Most tools of this server that one request names. */
export const MOST_SERVER_TOOLS = 20;
