import type { FastifyRequest } from 'fastify';

/** Names the project whose policy holds; the SDK's option `project`. */
export const PROJECT_HEADER = {
  name: 'OpenAI-Project',
  required: false,
  schema: { type: 'string' as const, maxLength: 100 },
};

export const projectHeader = ({ headers }: FastifyRequest): string | undefined => {
  const given = headers['openai-project'];
  return Array.isArray(given) ? given[0] : given;
};
