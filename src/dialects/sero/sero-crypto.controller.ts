import { Controller, Get } from '@nestjs/common';
import { EphemeralKeys } from '../../crypto/index.js';
import { SeroEphemeralKeyDto } from './sero-crypto.dto.js';
import { SeroOperation } from './sero-operation.decorator.js';

@Controller('_sero/crypto/ephemeral-key')
export class SeroCryptoController {
  constructor(private readonly keys: EphemeralKeys) {}

  @Get()
  @SeroOperation({
    id: 'sero.getEphemeralKey',
    access: 'public',
    success: { status: 200, type: SeroEphemeralKeyDto },
    errors: [429, 503],
    ownLimit: EphemeralKeys.ownLimit,
  })
  async getEphemeralKey(): Promise<SeroEphemeralKeyDto> {
    const { id, publicKey, expiresAt } = await this.keys.handOut();
    return { key_id: id, public_key: publicKey.toString('base64'), expires_at: expiresAt.toISOString() };
  }
}
