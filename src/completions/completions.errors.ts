import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const COMPLETIONS_ERRORS = defineErrors({
  UPSTREAM_EXISTS: {
    status: 409,
    type: 'conflict',
    message: 'There is a model server of that name. Choose another name.',
  },
  MODEL_NOT_FOUND: {
    status: 404,
    type: 'not_found',
    message: 'There is no such model. GET /api/v1/models lists what there is.',
  },
  MODEL_CANNOT: {
    status: 422,
    type: 'unprocessable',
    message: 'This model cannot do that. GET /api/v1/models says what each model can do.',
  },
  BLOCKED_BY_POLICY: {
    status: 422,
    type: 'unprocessable',
    message:
      'The request holds what the policy does not let through to a model. Remove it, or ask who sets the policy.',
  },
  KEPT_LOCAL: {
    status: 422,
    type: 'unprocessable',
    message:
      'The request holds what the policy keeps on private model servers, and this model is not on one. Choose another model.',
  },
  ATTACHMENT_REFUSED: {
    status: 422,
    type: 'unprocessable',
    message:
      'Images, audio and files cannot be searched for personal data, and the policy does not let them through. Send text.',
  },
  TOOL_CALLS_EXHAUSTED: {
    status: 422,
    type: 'unprocessable',
    message:
      'The model went on calling tools after it was asked to answer without them. Ask for less, or choose another model.',
  },
  UPSTREAM_REFUSED: {
    status: 400,
    type: 'validation_error',
    message: 'The model server does not take this request.',
  },
  UPSTREAM_RATE_LIMITED: {
    status: 429,
    type: 'rate_limit_exceeded',
    message: 'The model server takes no more requests right now. Wait as long as Retry-After says.',
  },
  UPSTREAM_UNAVAILABLE: {
    status: 503,
    type: 'service_unavailable',
    message: 'No model server could be reached for this model. Retry shortly.',
  },
  UPSTREAM_TIMEOUT: {
    status: 503,
    type: 'service_unavailable',
    message: 'The model server took too long. Retry, or ask for less.',
  },
  UPSTREAM_MALFORMED: {
    status: 503,
    type: 'service_unavailable',
    message: 'The model server answered in a way that is no completion. Retry, or ask an administrator.',
  },
  UPSTREAM_CUT: {
    status: 503,
    type: 'service_unavailable',
    message:
      'The model server broke off in the middle of its answer. What came before stands; retry for the rest.',
  },
});

export const completionsError = errorsOf(COMPLETIONS_ERRORS);
