import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { UserEntity } from './user.entity.js';

export interface NewUser {
  readonly id: string;
  readonly organizationId: string;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly nameSealed: Buffer | null;
}

@Injectable()
export class UsersRepository {
  async insert(user: NewUser, tx: Tx): Promise<void> {
    await tx.insert(UserEntity, user);
  }

  /** The administrator that the first start made: the oldest of the instance. */
  async findFirstAdministrator(db: Tx): Promise<{ id: string; organizationId: string } | undefined> {
    const [user] = await db.find(UserEntity, {
      where: { systemRole: 'admin' },
      order: { number: 'ASC' },
      take: 1,
    });
    return user && { id: user.id, organizationId: user.organizationId };
  }

  /** Sealed names of an organization's users, by id; those without a name are left out. */
  async findNames(organizationId: string, ids: readonly string[], db: Tx): Promise<Map<string, Buffer>> {
    const rows: { id: string; name: Buffer }[] = await db.query(
      `SELECT id, name_sealed AS name FROM users
        WHERE organization_id = $1 AND id = ANY($2) AND name_sealed IS NOT NULL`,
      [organizationId, ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
