import { AUDIT_ACTIONS } from '../../audit/index.js';
import {
  actionsOfKeynest,
  KEYNEST_VERBS,
  keynestActionOf,
  keynestTargetOf,
  targetOfKeynest,
} from './keynest-audit-actions.js';

const ALL = [...AUDIT_ACTIONS.keys()];

describe("KeyNest's names of actions", () => {
  it('are each of one action of the core', () => {
    expect(new Set(ALL.map(keynestActionOf)).size).toBe(ALL.length);
    for (const action of ALL) {
      expect(actionsOfKeynest(keynestActionOf(action))).toEqual([action]);
      expect(actionsOfKeynest(action)).toEqual([action]);
    }
  });

  it('fall each under one verb', () => {
    const found = Object.keys(KEYNEST_VERBS).flatMap(actionsOfKeynest);
    expect(found.toSorted()).toEqual(ALL.toSorted());
  });

  it.each(['creat', 'CREATE', 'constructor', 'project_', 'variable_exploded', ''])(
    'do not hold %p',
    (name) => {
      expect(() => actionsOfKeynest(name)).toThrow("'action' must be one of: create, update, delete, view");
    },
  );
});

describe("KeyNest's kinds of things", () => {
  it('tell members from users, both ways', () => {
    expect(keynestTargetOf('member.removed', 'user')).toBe('membership');
    expect(keynestTargetOf('user.created', 'user')).toBe('user');
    expect(keynestTargetOf('text.processed', null)).toBe('');
    const [members, users] = [targetOfKeynest('membership'), targetOfKeynest('user')];
    expect(members).toMatchObject({
      targetType: 'user',
      actions: expect.arrayContaining(['member.removed']),
    });
    expect([...(members.actions ?? []), ...(users.actions ?? [])].toSorted()).toEqual(ALL.toSorted());
    expect(targetOfKeynest('project')).toEqual({ targetType: 'project' });
  });
});
