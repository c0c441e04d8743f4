import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('audit_logs')
@Index('audit_logs_organization_id_created_at', ['organizationId', 'createdAt', 'number'])
export class AuditLogEntity {
  @PrimaryColumn('text')
  id: string;

  @Column({ type: 'bigint', unique: true, insert: false })
  number: string;

  @Column('text', { name: 'organization_id' })
  organizationId: string;

  @Column('text', { name: 'project_id', nullable: true })
  projectId: string | null;

  @Column('text', { name: 'actor_type' })
  actorType: string;

  @Column('text', { name: 'actor_id' })
  actorId: string;

  @Column('text')
  action: string;

  @Column('text', { name: 'target_type', nullable: true })
  targetType: string | null;

  @Column('text', { name: 'target_id', nullable: true })
  targetId: string | null;

  @Column('text', { name: 'request_id' })
  requestId: string;

  @Column('jsonb')
  counts: Record<string, number>;

  @Column('bytea')
  sealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
