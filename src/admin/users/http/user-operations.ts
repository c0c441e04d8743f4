import { Inject, Injectable } from '@nestjs/common';
import { UserAdmissions, UserChangesService, UsersService } from '../../../accounts/index.js';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/config/settings.module.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { UserOnboarding } from '../user-onboarding.service.js';
import { UserRemoval } from '../user-removal.service.js';
import type {
  CreatedUserDto,
  CreateUserDto,
  UpdateUserDto,
  UserDto,
  UserListDto,
  UserQuery,
} from './user.dto.js';
import { changeOf, newPersonOf, presentOnboarded, presentUser } from './user.presenter.js';

/** The people of the instance, as one thing that operations ask. */
@Injectable()
export class UserDesk {
  constructor(
    readonly reading: UsersService,
    readonly admissions: UserAdmissions,
    readonly changes: UserChangesService,
    readonly onboarding: UserOnboarding,
    readonly removal: UserRemoval,
  ) {}
}

/** The operations on users as every surface answers them. */
@Injectable()
export class UserOperations {
  private readonly baseUrl: string;

  constructor(
    private readonly users: UserDesk,
    private readonly writes: Writes,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.baseUrl = settings.REDOUBT_PUBLIC_URL ?? '';
  }

  async createUser(caller: Caller, body: CreateUserDto): Promise<CreatedUserDto> {
    const workplace = { organizationId: body.organization_id, role: body.organization_role };
    this.users.onboarding.placeOf(caller, workplace);
    const person = await this.users.admissions.prepare(newPersonOf(body));
    return this.writes.run(
      caller,
      async (tx) =>
        presentOnboarded(await this.users.onboarding.onboard(caller, person, workplace, tx), this.baseUrl),
      { withhold: 'password_reset' },
    );
  }

  async listUsers(query: UserQuery): Promise<UserListDto> {
    const listing = listingOf(query);
    const { search, organization_id: organizationId, system_role: systemRole, status } = query;
    const filter = { systemRole, status, organizationId };
    const listed =
      search === undefined
        ? await this.users.reading.listUsers(filter, listing)
        : await this.users.reading.searchUsers(search, filter, listing);
    return listEnvelope(listed, listing, presentUser);
  }

  async getUser(id: string): Promise<UserDto> {
    return presentUser(await this.users.reading.getUser(id));
  }

  updateUser(caller: Caller, id: string, body: UpdateUserDto): Promise<UserDto> {
    const change = changeOf(body);
    return this.writes.run(caller, async (tx) =>
      presentUser(await this.users.changes.updateUser(caller, id, change, tx)),
    );
  }

  async deleteUser(caller: Caller, id: string, eraseOrganizations: boolean): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.users.removal.removeUser(caller, id, eraseOrganizations, tx);
      return undefined;
    });
  }
}
