export { ApiKeyEntity } from './api-key.entity.js';
export { generateApiKey, hashApiKey, hintOf } from './api-key.js';
export { ApiKeysRepository } from './api-keys.repository.js';
export { AUTH_ERRORS } from './auth.errors.js';
export { AuthModule } from './auth.module.js';
export { UserEntity } from './user.entity.js';
export { UsersRepository } from './users.repository.js';
