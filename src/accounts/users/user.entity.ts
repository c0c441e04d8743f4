import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

@Entity('users')
export class UserEntity {
  @PrimaryColumn('text')
  id: string;

  @Column({ type: 'bigint', unique: true, insert: false })
  number: string;

  @Column('text', { name: 'organization_id' })
  organizationId: string;

  @Column('text', { name: 'system_role' })
  systemRole: 'pending' | 'user' | 'admin';

  @Column('bytea', { name: 'email_sealed', nullable: true })
  emailSealed: Buffer | null;

  @Column('bytea', { name: 'email_lookup', nullable: true, unique: true })
  emailLookup: Buffer | null;

  @Column('bytea', { name: 'name_sealed', nullable: true })
  nameSealed: Buffer | null;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @Column('bytea', { name: 'profile_sealed', nullable: true })
  profileSealed: Buffer | null;

  @Column('bytea', { name: 'username_lookup', nullable: true, unique: true })
  usernameLookup: Buffer | null;

  @Column('timestamptz', { name: 'email_verified_at', nullable: true })
  emailVerifiedAt: Date | null;

  @Column('timestamptz', { name: 'password_changed_at', nullable: true })
  passwordChangedAt: Date | null;

  @Column('timestamptz', { name: 'last_login_at', nullable: true })
  lastLoginAt: Date | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt: Date | null;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
