import type { ErrorDetails } from '../../platform/errors/app-error.js';
import type { ErrorDetailsDto } from '../../platform/http/core-error.dto.js';
import type { ErrorPresenter } from '../../platform/http/error-presenter.js';
import type { OpenaiErrorEnvelopeDto } from './openai-error.dto.js';

const copyOf = ({ allowed, ...rest }: ErrorDetails): ErrorDetailsDto => ({
  ...rest,
  ...(allowed && { allowed: [...allowed] }),
});

/** OpenAI's error body, with all that the core's says. */
export const presentOpenaiError: ErrorPresenter = (error, requestId) => {
  const { row, code, message, details, retryAfterSeconds } = error;
  const body: OpenaiErrorEnvelopeDto = {
    error: {
      type: row.type,
      code,
      message,
      param: details?.field ?? null,
      ...(details && { details: copyOf(details) }),
      ...(retryAfterSeconds !== undefined && { retry_after: retryAfterSeconds }),
    },
    request_id: requestId,
  };
  return { status: row.status, body };
};
