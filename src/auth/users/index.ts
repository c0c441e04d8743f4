export {
  type NewPerson,
  SYSTEM_ROLES,
  type SystemRole,
  splitName,
  statusOf,
  USER_STATUSES,
  type UserChange,
  type UserFilter,
  type UserStatus,
} from './user.js';
export { type PreparedPerson, UserAdmissions } from './user-admissions.service.js';
export { UserChangesService } from './user-changes.service.js';
export { UserNewsWriter } from './user-news.service.js';
export { UserResetTokens } from './user-reset-tokens.service.js';
export { USERS_ERRORS } from './users.errors.js';
export { UsersModule } from './users.module.js';
export { UsersService } from './users.service.js';
