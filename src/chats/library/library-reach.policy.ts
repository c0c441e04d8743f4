import { type AppError, platformError } from '../../platform/errors/app-error.js';
import { administers, holds, type Principal } from '../../platform/http/principal.js';
import type { LibraryItem, Visibility } from './library-item.js';

/** Whose prompts and assistants somebody may see: their own, and as a member those of the team. */
export interface LibraryReach {
  readonly organizationId: string;
  readonly userId: string;
  readonly seesTeam: boolean;
}

/** No role, and no administrator's, opens what is somebody's own. */
export const libraryReachOf = (principal: Principal): LibraryReach => ({
  organizationId: principal.organizationId,
  userId: principal.userId,
  seesTeam: isMember(principal),
});

/** Whoever is there for one project, or as a guest, has nothing of the organization as a whole. */
const isMember = ({ isGuest, onlyProjectId }: Principal): boolean =>
  isGuest !== true && onlyProjectId === undefined;

/** @throws AppError PERMISSION_DENIED for those who may have nothing there, or nothing that the team sees */
export function assertMayCreate(principal: Principal, visibility: Visibility): void {
  if (!isMember(principal)) throw platformError('PERMISSION_DENIED');
  if (visibility === 'team' && !holds(principal, 'chat:publish')) throw notPublishing();
}

/**
 * For something that they see. What is the team's its owner changes, as long as they may publish, and whoever administers the
 * organization; it is the owner's alone to make it private again.
 * @throws AppError PERMISSION_DENIED
 */
export function assertMayChange(
  principal: Principal,
  { userId, visibility }: Pick<LibraryItem, 'userId' | 'visibility'>,
  wanted: Visibility = visibility,
): void {
  const isOfTeam = visibility === 'team' || wanted === 'team';
  if (userId === principal.userId) {
    if (isOfTeam && !holds(principal, 'chat:publish')) throw notPublishing();
    return;
  }
  const staysWithTeam = visibility === 'team' && wanted === 'team';
  if (!staysWithTeam || !administers(principal)) throw notTheirs();
}

const notPublishing = (): AppError =>
  platformError('PERMISSION_DENIED', {
    message: 'What the team sees is for editors of the organization to make and change.',
    details: { field: 'visibility', constraint: 'role' },
  });

const notTheirs = (): AppError =>
  platformError('PERMISSION_DENIED', {
    message:
      'It is its owner’s to change, and for administrators of the organization as long as the team sees it.',
  });
