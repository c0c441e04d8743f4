import { AUDIT_ACTIONS } from '../../audit/index.js';
import { invalidField } from '../../platform/errors/app-error.js';

/** KeyNest's own verbs, and what of the core's actions each of them stands for: past tenses, of whatever resource. */
export const KEYNEST_VERBS: Readonly<Record<string, readonly string[]>> = {
  create: ['created', 'accepted', 'opened', 'shared'],
  update: [
    ...['updated', 'archived', 'restored', 'enabled', 'disabled', 'rotated', 'renewed', 'redacted', 'ended'],
    ...['cancelled', 'retried', 'role_changed', 'share_changed', 'password_set', 'password_changed'],
    ...['password_removed', 'password_reset', 'password_reset_requested', 'password_reset_issued'],
    ...['changed', 'copied', 'rotation_reminded', 'indexed', 'reindexed', 'unarchived', 'failed'],
    ...['pinged', 'redelivered', 'completed', 'reapplied', 'quarantined', 'released'],
  ],
  delete: ['deleted', 'removed', 'revoked', 'erased', 'retained', 'left', 'unshared', 'destroyed'],
  view: [
    'read',
    'rotation_due',
    'processed',
    'detected',
    'previewed',
    'charged',
    'guessed',
    'blocked',
    'logged_in',
    'logged_out',
    'login_failed',
  ],
  export: ['exported', 'downloaded', 'detokenized'],
  import: ['imported', 'uploaded'],
};

/** What happens to a member is, to KeyNest, something that happens to a membership. */
const MEMBERSHIP = 'member.';

const ALL = [...AUDIT_ACTIONS.keys()];
const tenseOf = (action: string): string => action.slice(action.indexOf('.') + 1);

/** An action as KeyNest writes it: `variable_created`. */
export const keynestActionOf = (action: string): string => action.replace('.', '_');

/**
 * The core's actions that KeyNest's name for one, or its verb for many, stands for; the core's own names are understood too.
 * @throws AppError VALIDATION_ERROR for any other
 */
export function actionsOfKeynest(name: string): string[] {
  const tenses = Object.hasOwn(KEYNEST_VERBS, name) ? KEYNEST_VERBS[name] : undefined;
  if (tenses) return ALL.filter((action) => tenses.includes(tenseOf(action)));
  const named = ALL.filter((action) => action === name || keynestActionOf(action) === name);
  if (named.length > 0) return named;
  const known = [...Object.keys(KEYNEST_VERBS), ...ALL.map(keynestActionOf)];
  throw invalidField('action', 'enum', `'action' must be one of: ${known.join(', ')}.`, known);
}

/** The kind of thing an entry is about, as KeyNest has it. */
export const keynestTargetOf = (action: string, targetType: string | null): string =>
  action.startsWith(MEMBERSHIP) ? 'membership' : (targetType ?? '');

/** The core's kind of thing behind KeyNest's, and the actions about it. */
export function targetOfKeynest(targetType: string): { targetType: string; actions?: string[] } {
  const ofMembers = (action: string): boolean => action.startsWith(MEMBERSHIP);
  if (targetType === 'membership') return { targetType: 'user', actions: ALL.filter(ofMembers) };
  if (targetType === 'user') return { targetType, actions: ALL.filter((action) => !ofMembers(action)) };
  return { targetType };
}
