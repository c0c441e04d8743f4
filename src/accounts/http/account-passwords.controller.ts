import { Body, Controller, Post, Put } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { CurrentOrigin, type RequestOrigin } from '../../platform/http/request-origin.js';
import {
  ChangePasswordDto,
  ConfirmPasswordResetDto,
  PasswordResetAcceptedDto,
  PasswordResetDto,
} from './account.dto.js';
import { ACCOUNT_LIMIT } from './account-limits.js';
import { PasswordResetOperations } from './password-reset-operations.js';
import { ProfileOperations } from './profile-operations.js';

@Controller('_core/auth/password')
export class AccountPasswordsController {
  constructor(
    private readonly profiles: ProfileOperations,
    private readonly resets: PasswordResetOperations,
  ) {}

  @Put()
  @CoreOperation({
    id: 'auth.changePassword',
    access: 'auth:write',
    success: { status: 204 },
    errors: [400, 413, 415],
    audit: 'user.password_changed',
    idempotent: true,
  })
  changePassword(@CurrentCaller() caller: Caller, @Body() body: ChangePasswordDto): Promise<void> {
    return this.profiles.changePassword(caller, body);
  }

  @Post('reset')
  @CoreOperation({
    id: 'auth.requestPasswordReset',
    access: 'public',
    success: { status: 202, type: PasswordResetAcceptedDto },
    errors: [400, 413, 415, 429, 503],
    audit: 'user.password_reset_requested',
    ownLimit: ACCOUNT_LIMIT,
  })
  requestReset(
    @CurrentOrigin() origin: RequestOrigin,
    @Body() body: PasswordResetDto,
  ): PasswordResetAcceptedDto {
    return this.resets.requestReset(body, origin);
  }

  @Post('reset/confirm')
  @CoreOperation({
    id: 'auth.confirmPasswordReset',
    access: 'public',
    success: { status: 204 },
    errors: [400, 413, 415, 422, 429, 503],
    audit: 'user.password_reset',
    ownLimit: ACCOUNT_LIMIT,
  })
  confirmReset(@CurrentOrigin() origin: RequestOrigin, @Body() body: ConfirmPasswordResetDto): Promise<void> {
    return this.resets.confirmReset(body, origin);
  }
}
