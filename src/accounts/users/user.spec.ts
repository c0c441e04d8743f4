import * as fc from 'fast-check';
import { derivedUsername, isAdministrator, splitName, statusOf } from './user.js';
import { USERNAME_PATTERN } from './user-names.js';

describe('splitName', () => {
  it.each([
    ['Maria Garcia', 'Maria', 'Garcia'],
    ['  Ana   Maria  Lopez ', 'Ana Maria', 'Lopez'],
    ['Plato', 'Plato', ''],
    ['王 小明', '王', '小明'],
  ])('reads %j as %j and %j', (name, firstName, lastName) => {
    expect(splitName(name)).toEqual({ firstName, lastName });
  });
});

describe('derivedUsername', () => {
  it.each([
    ['john.smith@example.com', 'john_smith'],
    ['José.Núñez+test@example.com', 'Jose_Nunez_test'],
    ['a@example.com', 'a__'],
    ['"x y"@example.com', 'x_y'],
  ])('makes of %s %s', (email, username) => expect(derivedUsername(email)).toBe(username));

  it('makes a user name that is allowed of whatever address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (local) => {
        expect(derivedUsername(`${local}@example.com`)).toMatch(new RegExp(USERNAME_PATTERN));
      }),
    );
  });
});

describe('the status of a user', () => {
  it.each([
    [{ disabled: false, systemRole: 'user' }, 'active', false],
    [{ disabled: false, systemRole: 'admin' }, 'active', true],
    [{ disabled: true, systemRole: 'admin' }, 'disabled', false],
    [{ disabled: true, systemRole: 'pending' }, 'disabled', false],
    [{ disabled: false, systemRole: 'pending' }, 'pending', false],
  ] as const)('of %j is %s', (user, status, administrator) => {
    expect(statusOf(user)).toBe(status);
    expect(isAdministrator(user)).toBe(administrator);
  });
});
