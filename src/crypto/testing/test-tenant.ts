import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { newId } from '../../platform/http/ids.js';
import { ErasureKeys } from '../erasure-keys.service.js';
import type { InstanceKeyRing } from '../instance-key-ring.service.js';
import { InstanceSealer } from '../instance-sealer.service.js';
import type { MasterKey } from '../master-key.js';
import { MasterKeys } from '../master-keys.js';
import { SealerService } from '../sealer.service.js';
import { InstanceSigner } from '../signing/instance-signer.service.js';
import { TestKeys } from './test-keys.js';

/** An organization with its keys and one user, and the sealers that serve it. */
export interface TestTenant {
  readonly organizationId: string;
  readonly userId: string;
  readonly sealer: SealerService;
  readonly instanceSealer: InstanceSealer;
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
    return new SealerService(this.keys().keyRing);
  }

  /** What seals values that belong to no organization; like {@link sealer}, it knows no key yet. */
  async instanceSealer(): Promise<InstanceSealer> {
    return new InstanceSealer(await this.instanceKeyRing());
  }

  /** What signs for the instance; like {@link sealer}, it knows no key yet. */
  async instanceSigner(): Promise<InstanceSigner> {
    return new InstanceSigner(await this.instanceKeyRing());
  }

  /** What erased values are known by; like {@link sealer}, it knows no key yet. */
  async erasureKeys(): Promise<ErasureKeys> {
    return new ErasureKeys(await this.instanceKeyRing());
  }

  private async instanceKeyRing(): Promise<InstanceKeyRing> {
    const { masters, instanceKeyRing } = this.keys();
    await this.dataSource.transaction(async (tx) => {
      await tx.query('LOCK TABLE instance_keys IN EXCLUSIVE MODE');
      await masters.adopt(tx);
      await instanceKeyRing.addMissingKeys(tx);
    });
    return instanceKeyRing;
  }

  async add(): Promise<TestTenant> {
    return { ...(await this.addOld()), instanceSealer: await this.instanceSealer() };
  }

  /** One of a release whose instance had no keys of its own. */
  async addOld(): Promise<Omit<TestTenant, 'instanceSealer'>> {
    const [organizationId, userId] = [newId('org'), newId('user')];
    const { keyRing } = this.keys();
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

  private keys(): TestKeys {
    return new TestKeys(MasterKeys.of(this.master));
  }
}
