import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { accountError } from '../accounts.errors.js';
import { ManagedUsersRepository } from './managed-users.repository.js';
import { derivedUsername, type NewPerson } from './user.js';
import type { UserCard } from './user-card.js';
import { UserLookups } from './user-lookups.service.js';
import { fullNameOf } from './user-names.js';
import { UserNewsWriter } from './user-news.service.js';
import { UserVault } from './user-vault.service.js';

/** Somebody new, with what they will be looked up by. */
export interface PreparedPerson extends NewPerson {
  readonly id: string;
  readonly username: string;
  readonly emailLookup: Buffer;
  readonly usernameLookup: Buffer;
}

/** Makes accounts of people who did not ask for one: without a password, which a token lets them choose. */
@Injectable()
export class UserAdmissions {
  constructor(
    private readonly repository: ManagedUsersRepository,
    private readonly lookups: UserLookups,
    private readonly vault: UserVault,
    private readonly news: UserNewsWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Before the transaction: look-ups, and a free user name for who has none.
   * @param reserved look-ups in hexadecimal of names that others get at the same time; this one's is added
   */
  async prepare(person: NewPerson, reserved: Set<string> = new Set()): Promise<PreparedPerson> {
    const id = newId('user');
    const username = person.username ?? (await this.freeUsername(person.email, id, reserved));
    const email = person.email.trim();
    const emailLookup = await this.lookups.email(email);
    const usernameLookup = await this.lookups.username(username);
    reserved.add(usernameLookup.toString('hex'));
    return { ...person, id, email, username, emailLookup, usernameLookup };
  }

  /** Of these people the e-mail look-ups, in hexadecimal, that are somebody's already. */
  async findTaken(people: readonly PreparedPerson[]): Promise<Set<string>> {
    const lookups = people.map(({ emailLookup }) => emailLookup);
    const taken = await this.repository.findTaken('email', lookups, this.dataSource.manager);
    return new Set(taken.map((lookup) => lookup.toString('hex')));
  }

  /**
   * At home in an organization, whose member they are not yet.
   * @throws AppError EMAIL_TAKEN, USERNAME_TAKEN; nothing has been written then, so the transaction may go on
   */
  async admit(caller: Caller, person: PreparedPerson, organizationId: string, tx: Tx): Promise<UserCard> {
    const { id, email, username, firstName, lastName, department, systemRole } = person;
    const profile = { username, firstName, lastName, department };
    const sealed = await this.vault.seal({ id, organizationId }, { email, profile }, tx);
    const { emailLookup, usernameLookup } = person;
    const row = { ...sealed, id, organizationId, systemRole, emailLookup, usernameLookup };
    const made = await this.repository.insert(row, tx);
    if (!made) throw await this.takenError(person, tx);
    const user: UserCard = {
      ...{ id, organizationId, email, username, firstName, lastName, systemRole, ...made },
      ...{ fullName: fullNameOf(profile), department: department || null },
      ...{ disabled: false, erased: false, hasPassword: false, lastLoginAt: null },
    };
    await this.news.tell(caller, user, 'created', tx, { details: { role: systemRole } });
    return user;
  }

  private async takenError({ emailLookup }: PreparedPerson, tx: Tx) {
    const isEmail = (await this.repository.findTaken('email', [emailLookup], tx)).length > 0;
    return isEmail
      ? accountError('EMAIL_TAKEN', {
          message: 'There is a user with this e-mail address already.',
          details: { field: 'email', constraint: 'unique' },
        })
      : accountError('USERNAME_TAKEN', { details: { field: 'username', constraint: 'unique' } });
  }

  /** What an address makes, with the end of an id where that is somebody's already. */
  private async freeUsername(email: string, id: string, reserved: ReadonlySet<string>): Promise<string> {
    const base = derivedUsername(email);
    const lookup = await this.lookups.username(base);
    const taken = await this.repository.findTaken('username', [lookup], this.dataSource.manager);
    return taken.length === 0 && !reserved.has(lookup.toString('hex')) ? base : `${base}_${id.slice(-8)}`;
  }
}
