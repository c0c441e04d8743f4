export { CHATS_ERRORS } from './chats.errors.js';
export { ChatsModule } from './chats.module.js';
export { ChatErasureModule } from './erasure/chat-erasure.module.js';
export { ChatOversight, type Overseeing } from './oversight/chat-oversight.js';
export { TOOLS_ERRORS } from './tools/tools.errors.js';
