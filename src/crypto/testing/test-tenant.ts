import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { newId } from '../../platform/http/ids.js';
import { KeyRingRepository } from '../key-ring.repository.js';
import { KeyRing } from '../key-ring.service.js';
import type { MasterKey } from '../master-key.js';
import { SealerService } from '../sealer.service.js';

/** An organization with its keys and one user, and the sealer that serves it. */
export interface TestTenant {
  readonly organizationId: string;
  readonly userId: string;
  readonly sealer: SealerService;
}

const anyMasterKey = (): MasterKey => ({ id: 'mkey_test', key: randomBytes(32), source: 'a test' });

/** Tenants of one database under one master key. */
export class TestTenants {
  constructor(
    private readonly dataSource: DataSource,
    private readonly master = anyMasterKey(),
  ) {}

  /** A sealer that knows no key yet, as that of another process. */
  sealer(): SealerService {
    return new SealerService(this.keyRing());
  }

  async add(): Promise<TestTenant> {
    const [organizationId, userId] = [newId('org'), newId('user')];
    const keyRing = this.keyRing();
    await this.dataSource.transaction(async (tx) => {
      await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [organizationId, 'Test']);
      await tx.query('INSERT INTO users (id, organization_id, system_role) VALUES ($1, $2, $3)', [
        userId,
        organizationId,
        'admin',
      ]);
      await keyRing.adoptMasterKey(tx);
      await keyRing.createOrganizationKeys(organizationId, tx);
    });
    return { organizationId, userId, sealer: this.sealer() };
  }

  private keyRing(): KeyRing {
    return new KeyRing(new KeyRingRepository(), this.master);
  }
}
