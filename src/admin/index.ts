export { AdminModule } from './admin.module.js';
export { type FirstStart, FirstStartService } from './first-start.service.js';
export { acceptBasicForBoard, addQueueBoard } from './queue-board.js';
export * as SettingsDtos from './settings/http/settings.dto.js';
export { SettingsOperations } from './settings/http/settings-operations.js';
export { SetupModule } from './setup.module.js';
export * as UserDtos from './users/http/user.dto.js';
export { UserOperations } from './users/http/user-operations.js';
