import { Controller, Get } from '@nestjs/common';
import { CoreOperation } from '../../platform/http/core-operation.decorator.js';
import { EphemeralKeys } from '../ephemeral/ephemeral-keys.service.js';
import { EphemeralKeyDto } from './ephemeral-key.dto.js';

@Controller('_core/crypto/ephemeral-key')
export class EphemeralKeyController {
  constructor(private readonly keys: EphemeralKeys) {}

  @Get()
  @CoreOperation({
    id: 'crypto.getEphemeralKey',
    access: 'public',
    success: { status: 200, type: EphemeralKeyDto },
    errors: [429, 503],
    ownLimit: EphemeralKeys.ownLimit,
  })
  async getEphemeralKey(): Promise<EphemeralKeyDto> {
    const { id, publicKey, expiresAt } = await this.keys.handOut();
    return { key_id: id, public_key: publicKey.toString('base64'), expires_at: expiresAt.toISOString() };
  }
}
