import { Body, Controller, Post } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { KeyRotationsService } from '../rotation/key-rotations.service.js';
import { KeyRotationDto, RotateKeysDto } from './key-rotation.dto.js';
import { presentKeyRotation } from './key-rotation.presenter.js';

@Controller('_core/crypto/keys')
export class KeyRotationController {
  constructor(
    private readonly rotations: KeyRotationsService,
    private readonly writes: Writes,
  ) {}

  @Post('rotate')
  @CoreOperation({
    id: 'crypto.rotateKeys',
    access: 'crypto:write',
    success: { status: 202, type: KeyRotationDto },
    errors: [400, 409, 413, 415, 422],
    audit: 'job.created',
    idempotent: true,
  })
  rotateKeys(@CurrentCaller() caller: Caller, @Body() body: RotateKeysDto): Promise<KeyRotationDto> {
    return this.writes.run(caller, async (tx) =>
      presentKeyRotation(await this.rotations.rotate(caller, body.target, tx)),
    );
  }
}
