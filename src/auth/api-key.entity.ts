import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PlanOverrides } from '../platform/limits/plan-limits.js';

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

  @Column('text', { array: true })
  scopes: string[];

  @Column('text')
  plan: string;

  @Column('jsonb', { nullable: true })
  limits: PlanOverrides | null;

  @Column('text', { name: 'allowed_networks', array: true, default: [] })
  allowedNetworks: string[];

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('boolean', { default: false })
  sandbox: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
