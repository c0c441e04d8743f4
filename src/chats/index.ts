export { CHATS_ERRORS } from './chats.errors.js';
export { ChatsModule } from './chats.module.js';
