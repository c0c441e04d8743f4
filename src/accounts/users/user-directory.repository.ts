import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { UserCard } from './user-card.js';
import type { SealedPerson } from './user-vault.service.js';

/** A user's row, its personal data still sealed. */
export type SealedCard = Omit<
  UserCard,
  'username' | 'email' | 'fullName' | 'firstName' | 'lastName' | 'department'
> &
  SealedPerson;

const SELECT = `
  SELECT id, number::float8 AS number, organization_id AS "organizationId", system_role AS "systemRole",
         disabled_at IS NOT NULL AS disabled, deleted_at IS NOT NULL AS erased, password_hash IS NOT NULL AS "hasPassword",
         last_login_at AS "lastLoginAt", created_at AS "createdAt", updated_at AS "updatedAt",
         name_sealed AS "nameSealed", email_sealed AS "emailSealed", profile_sealed AS "profileSealed"
    FROM users`;

/** People by id or look-up, of whatever organization: who may see them is for those to say who ask. */
@Injectable()
export class UserDirectoryRepository {
  find(ids: readonly string[], db: Tx): Promise<SealedCard[]> {
    return db.query(`${SELECT} WHERE id = ANY($1)`, [ids]);
  }

  async findByNumber(number: number, db: Tx): Promise<SealedCard | undefined> {
    return (await db.query(`${SELECT} WHERE number = $1`, [number]))[0];
  }

  async findByEmailLookup(lookup: Buffer, db: Tx): Promise<SealedCard | undefined> {
    return (await db.query(`${SELECT} WHERE email_lookup = $1`, [lookup]))[0];
  }
}
