import { Body, Controller, Get, Post } from '@nestjs/common';
import { AccountDtos, AccountLimits, AccountOperations } from '../../accounts/index.js';
import { invalidField } from '../../platform/errors/app-error.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { CurrentOrigin, type RequestOrigin } from '../../platform/http/request-origin.js';
import {
  KeynestLoginDto,
  KeynestLogoutDto,
  KeynestProfileDto,
  KeynestRegisteredDto,
  RegisterKeynestDto,
} from './keynest-account.dto.js';
import {
  presentKeynestLogin,
  presentKeynestProfile,
  presentKeynestRegistered,
} from './keynest-account.presenter.js';
import { KeynestOperation } from './keynest-operation.decorator.js';

@Controller('_keynest/api/auth')
export class KeynestAccountsController {
  constructor(private readonly operations: AccountOperations) {}

  @Post('register')
  @KeynestOperation({
    id: 'keynest.register',
    access: 'public',
    success: { status: 201, type: KeynestRegisteredDto },
    errors: [400, 403, 409, 413, 415, 429, 503],
    audit: 'user.created',
    ownLimit: AccountLimits.ACCOUNT_LIMIT,
  })
  async register(
    @CurrentOrigin() origin: RequestOrigin,
    @Body() { confirm_password, ...body }: RegisterKeynestDto,
  ): Promise<KeynestRegisteredDto> {
    if (confirm_password !== body.password)
      throw invalidField('confirm_password', 'equal', 'The two passwords differ.');
    return this.operations.registerAs(presentKeynestRegistered, body, origin);
  }

  @Post('login')
  @KeynestOperation({
    id: 'keynest.login',
    access: 'public',
    success: { status: 200, type: KeynestLoginDto },
    errors: [400, 401, 413, 415, 429, 503],
    audit: 'user.logged_in',
    ownLimit: AccountLimits.LOGIN_LIMIT,
    duringMaintenance: true,
  })
  login(
    @CurrentOrigin() origin: RequestOrigin,
    @Body() body: AccountDtos.LoginDto,
  ): Promise<KeynestLoginDto> {
    return this.operations.loginAs(presentKeynestLogin, body, origin);
  }

  @Post('logout')
  @KeynestOperation({
    id: 'keynest.logout',
    access: 'authenticated',
    success: { status: 200, type: KeynestLogoutDto },
    errors: [400],
    audit: 'user.logged_out',
    idempotent: true,
  })
  async logout(@CurrentCaller() caller: Caller): Promise<KeynestLogoutDto> {
    await this.operations.logout(caller, { everywhere: false });
    return { message: 'Successfully logged out' };
  }

  @Get('profile')
  @KeynestOperation({
    id: 'keynest.getProfile',
    access: 'auth:read',
    success: { status: 200, type: KeynestProfileDto },
  })
  getProfile(@CurrentCaller() caller: Caller): Promise<KeynestProfileDto> {
    return this.operations.getProfileAs(presentKeynestProfile, caller);
  }
}
