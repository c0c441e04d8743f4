import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { CurrentOrigin, type RequestOrigin } from '../../platform/http/request-origin.js';
import {
  LoggedInDto,
  LoginDto,
  LogoutDto,
  ProfileDto,
  RegisterDto,
  RegisteredDto,
  UpdateProfileDto,
} from './account.dto.js';
import { ACCOUNT_LIMIT, LOGIN_LIMIT } from './account-limits.js';
import { AccountOperations } from './account-operations.js';
import { ProfileOperations } from './profile-operations.js';

@Controller('_core/auth')
export class AccountsController {
  constructor(
    private readonly operations: AccountOperations,
    private readonly profiles: ProfileOperations,
  ) {}

  @Post('register')
  @CoreOperation({
    id: 'auth.register',
    access: 'public',
    success: { status: 201, type: RegisteredDto },
    errors: [400, 403, 409, 413, 415, 422, 429, 503],
    audit: 'user.created',
    ownLimit: ACCOUNT_LIMIT,
  })
  register(@CurrentOrigin() origin: RequestOrigin, @Body() body: RegisterDto): Promise<RegisteredDto> {
    return this.operations.register(body, origin);
  }

  @Post('login')
  @CoreOperation({
    id: 'auth.login',
    access: 'public',
    success: { status: 200, type: LoggedInDto },
    errors: [400, 401, 413, 415, 429, 503],
    audit: 'user.logged_in',
    ownLimit: LOGIN_LIMIT,
    duringMaintenance: true,
  })
  login(@CurrentOrigin() origin: RequestOrigin, @Body() body: LoginDto): Promise<LoggedInDto> {
    return this.operations.login(body, origin);
  }

  @Post('logout')
  @ApiBody({ type: LogoutDto, required: false })
  @CoreOperation({
    id: 'auth.logout',
    access: 'authenticated',
    success: { status: 204 },
    errors: [400, 413, 415],
    audit: 'user.logged_out',
    idempotent: true,
  })
  logout(@CurrentCaller() caller: Caller, @Body() body: LogoutDto): Promise<void> {
    return this.operations.logout(caller, body);
  }

  @Get('profile')
  @CoreOperation({
    id: 'auth.getProfile',
    access: 'auth:read',
    success: { status: 200, type: ProfileDto },
  })
  getProfile(@CurrentCaller() caller: Caller): Promise<ProfileDto> {
    return this.operations.getProfile(caller);
  }

  @Patch('profile')
  @CoreOperation({
    id: 'auth.updateProfile',
    access: 'auth:write',
    success: { status: 200, type: ProfileDto },
    errors: [400, 404, 413, 415],
    audit: 'user.updated',
    idempotent: true,
  })
  updateProfile(@CurrentCaller() caller: Caller, @Body() body: UpdateProfileDto): Promise<ProfileDto> {
    return this.profiles.updateProfile(caller, body);
  }
}
