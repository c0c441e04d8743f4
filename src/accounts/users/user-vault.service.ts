import { Injectable } from '@nestjs/common';
import { Sealer, type SealPlace } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { PersonalData, UserProfile } from './user-card.js';
import { fullNameOf } from './user-names.js';

/** Versions of a place stand for the parts of a user that are sealed there. */
const VERSIONS = { name: 1, email: 2, profile: 3 } as const;
type Part = keyof typeof VERSIONS;

/** Whose data it is: it opens nowhere but under their home organization. */
interface Owner {
  readonly id: string;
  readonly organizationId: string;
}

/** The sealed columns of a user's row. */
export interface SealedPerson {
  readonly nameSealed: Buffer | null;
  readonly emailSealed: Buffer | null;
  readonly profileSealed: Buffer | null;
}

export interface OpenedPerson {
  readonly name: string | null;
  readonly email: string | null;
  readonly profile: UserProfile | null;
}

const placeOf = ({ id, organizationId }: Owner, part: Part): SealPlace => ({
  organizationId,
  table: 'users',
  id,
  version: VERSIONS[part],
});

/** Seals and opens what identifies a person: e-mail, names. */
@Injectable()
export class UserVault {
  constructor(private readonly sealer: Sealer) {}

  async seal(owner: Owner, { email, profile }: PersonalData, tx: Tx): Promise<SealedPerson> {
    const { username, firstName, lastName, department } = profile;
    const kept = { username, first_name: firstName, last_name: lastName, ...(department && { department }) };
    const seal = (part: Part, text: string): Promise<Buffer> =>
      this.sealer.seal(placeOf(owner, part), Buffer.from(text), tx);
    return {
      nameSealed: await seal('name', fullNameOf(profile)),
      emailSealed: email === '' ? null : await seal('email', email),
      profileSealed: await seal('profile', JSON.stringify(kept)),
    };
  }

  /** Opens what is sealed for one owner, and seals it for another. */
  async move(from: Owner, to: Owner, sealed: SealedPerson, tx: Tx): Promise<SealedPerson> {
    const move = async (part: Part, bytes: Buffer | null): Promise<Buffer | null> =>
      bytes &&
      this.sealer.seal(placeOf(to, part), await this.sealer.open(placeOf(from, part), bytes, tx), tx);
    return {
      nameSealed: await move('name', sealed.nameSealed),
      emailSealed: await move('email', sealed.emailSealed),
      profileSealed: await move('profile', sealed.profileSealed),
    };
  }

  async open(owner: Owner, sealed: SealedPerson, db: Tx): Promise<OpenedPerson> {
    const open = async (part: Part, bytes: Buffer | null): Promise<string | null> =>
      bytes && (await this.sealer.open(placeOf(owner, part), bytes, db)).toString();
    const profile = await open('profile', sealed.profileSealed);
    return {
      name: await open('name', sealed.nameSealed),
      email: await open('email', sealed.emailSealed),
      profile: profile === null ? null : profileOf(JSON.parse(profile)),
    };
  }
}

const profileOf = (kept: Readonly<Record<string, string | undefined>>): UserProfile => ({
  username: kept.username ?? '',
  firstName: kept.first_name ?? '',
  lastName: kept.last_name ?? '',
  department: kept.department,
});
