import { Body, Controller, Post } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { type Caller, CurrentCaller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { JobDto } from '../../platform/queue/http/job.dto.js';
import { presentNewJob } from '../../platform/queue/http/new-job.presenter.js';
import { KeyRotationsService } from '../rotation/key-rotations.service.js';
import { RotateKeysDto } from './key-rotation.dto.js';

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
    success: { status: 202, type: JobDto },
    errors: [400, 409, 413, 415, 422],
    audit: 'job.created',
    idempotent: true,
  })
  rotateKeys(@CurrentCaller() caller: Caller, @Body() body: RotateKeysDto): Promise<JobDto> {
    return this.writes.run(caller, async (tx) =>
      presentNewJob(await this.rotations.rotate(caller, body.target, tx)),
    );
  }
}
