import { Column, CreateDateColumn, Entity, Index, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { ProjectStatus } from './project.js';

@Entity('projects')
@Index('projects_organization_id', ['organizationId', 'id'])
export class ProjectEntity {
  @PrimaryColumn('text')
  id: string;

  @Column({ type: 'bigint', unique: true, insert: false })
  number: string;

  @Column('text', { name: 'organization_id' })
  organizationId: string;

  @Column('text')
  name: string;

  @Column('bytea', { name: 'description_sealed', nullable: true })
  descriptionSealed: Buffer | null;

  @Column('text', { default: 'active' })
  status: ProjectStatus;

  @Column('boolean', { default: false })
  protected: boolean;

  @Column('integer', { default: 1 })
  version: number;

  @Column('integer', { name: 'document_count', default: 0 })
  documentCount: number;

  @Column('integer', { name: 'environment_count', default: 0 })
  environmentCount: number;

  @Column('bigint', { name: 'size_bytes', default: 0 })
  sizeBytes: string;

  @Column('integer', { name: 'retention_days', nullable: true })
  retentionDays: number | null;

  @Column('boolean', { name: 'legal_hold', default: false })
  legalHold: boolean;

  @Column('text', { name: 'created_by' })
  createdBy: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'archived_at', nullable: true })
  archivedAt: Date | null;
}
