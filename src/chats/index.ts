export { CHATS_ERRORS } from './chats.errors.js';
export { ChatsModule } from './chats.module.js';
export { ChatOversight, type Overseeing } from './oversight/chat-oversight.js';
