import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const CHATS_ERRORS = defineErrors({
  CHAT_ARCHIVED: {
    status: 409,
    type: 'conflict',
    message: 'The chat is archived. Unarchive it (DELETE /api/v1/chats/{id}/archive) to write to it.',
  },
  CHAT_SHARE_EXISTS: {
    status: 409,
    type: 'conflict',
    message: 'The chat is shared with this user already.',
  },
  CHAT_MESSAGE_UNKNOWN: {
    status: 422,
    type: 'unprocessable',
    message: 'The chat has no such message.',
  },
  CHAT_UNREADABLE: {
    status: 409,
    type: 'conflict',
    message:
      'What the chat is to go on from was changed or moved in the database and does not open. Go on from another message (parent_id), give title and model anew, or begin another chat.',
  },
  CHAT_FULL: {
    status: 422,
    type: 'unprocessable',
    message: 'The chat has as many messages as one can have. Begin another.',
  },
  PROMPT_COMMAND_TAKEN: {
    status: 409,
    type: 'conflict',
    message: 'You have a prompt of this command already. Choose another command, or change that prompt.',
  },
});

export const chatError = errorsOf(CHATS_ERRORS);
