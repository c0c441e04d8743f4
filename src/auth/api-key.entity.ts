import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('api_keys')
@Index('api_keys_organization_id', ['organizationId', 'id'])
export class ApiKeyEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'organization_id' })
  organizationId: string;

  @Column('text', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'default_project_id', nullable: true })
  defaultProjectId: string | null;

  @Column('text')
  name: string;

  @Column('text')
  hint: string;

  @Column('bytea', { unique: true, select: false })
  hash: Buffer;

  @Column('text', { array: true })
  scopes: string[];

  @Column('text')
  plan: string;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
