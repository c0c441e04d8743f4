import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';
import { MOST_WEBHOOKS } from './webhook.js';

export const WEBHOOKS_ERRORS = defineErrors({
  WEBHOOKS_FULL: {
    status: 422,
    type: 'unprocessable',
    message: `The organization has ${MOST_WEBHOOKS} webhooks, as many as one can have. Delete one first.`,
  },
  WEBHOOK_URL_REFUSED: {
    status: 422,
    type: 'unprocessable',
    message: 'Webhooks may not go there.',
  },
  WEBHOOK_DISABLED: {
    status: 409,
    type: 'conflict',
    message: "The webhook is disabled, so nothing is sent to it. Change 'enabled' to true first.",
  },
});

export const webhooksError = errorsOf(WEBHOOKS_ERRORS);
