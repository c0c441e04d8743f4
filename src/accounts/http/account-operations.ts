import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import type { AccountOrigin } from '../account-origin.js';
import { LoginFlow } from '../login-flow.service.js';
import { LogoutService } from '../logout.service.js';
import { ProfilesService } from '../profiles.service.js';
import { RegistrationFlow } from '../registration-flow.service.js';
import type {
  LoggedInDto,
  LoginDto,
  LogoutDto,
  ProfileDto,
  RegisterDto,
  RegisteredDto,
} from './account.dto.js';
import { presentLoggedIn, presentProfile, presentRegistered } from './account.presenter.js';

/** The operations on accounts as every surface does them; surfaces differ in what they show. */
@Injectable()
export class AccountOperations {
  constructor(
    private readonly registrations: RegistrationFlow,
    private readonly logins: LoginFlow,
    private readonly logouts: LogoutService,
    private readonly profiles: ProfilesService,
    private readonly writes: Writes,
  ) {}

  register(body: RegisterDto, origin: AccountOrigin): Promise<RegisteredDto> {
    return this.registerAs(presentRegistered, body, origin);
  }

  /** A surface may give the answer a shape of its own. */
  async registerAs<Shown>(
    present: (registered: Awaited<ReturnType<RegistrationFlow['register']>>) => Shown,
    body: RegisterDto,
    origin: AccountOrigin,
  ): Promise<Shown> {
    const { username, email, password, first_name = '', last_name = '', invitation_token } = body;
    const profile = { username, firstName: first_name.trim(), lastName: last_name.trim() };
    const registration = { email: email.trim(), profile, password, invitationToken: invitation_token };
    return present(await this.registrations.register(registration, origin));
  }

  login(body: LoginDto, origin: AccountOrigin): Promise<LoggedInDto> {
    return this.loginAs(presentLoggedIn, body, origin);
  }

  async loginAs<Shown>(
    present: (loggedIn: Awaited<ReturnType<LoginFlow['login']>>) => Shown,
    { email, password }: LoginDto,
    origin: AccountOrigin,
  ): Promise<Shown> {
    return present(await this.logins.login({ email, password }, origin));
  }

  async logout(caller: Caller, { everywhere }: LogoutDto): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.logouts.logout(caller, everywhere, tx);
      return undefined;
    });
  }

  getProfile(caller: Caller): Promise<ProfileDto> {
    return this.getProfileAs(presentProfile, caller);
  }

  async getProfileAs<Shown>(
    present: (card: Awaited<ReturnType<ProfilesService['getProfile']>>) => Shown,
    caller: Caller,
  ): Promise<Shown> {
    return present(await this.profiles.getProfile(caller));
  }
}
