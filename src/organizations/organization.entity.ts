import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

@Entity('organizations')
export class OrganizationEntity {
  @PrimaryColumn('text')
  id: string;

  @Column({ type: 'bigint', unique: true, insert: false })
  number: string;

  @Column('text')
  name: string;

  @Column('bytea', { name: 'description_sealed', nullable: true })
  descriptionSealed: Buffer | null;

  @Column('integer', { name: 'member_count', default: 0 })
  memberCount: number;

  @Column('integer', { name: 'project_count', default: 0 })
  projectCount: number;

  @Column('integer', { default: 1 })
  version: number;

  @Column('jsonb', { default: {} })
  settings: object;

  @Column('text', { name: 'sandbox_of', nullable: true })
  sandboxOf: string | null;

  @Column('text', { name: 'sandbox_id', nullable: true })
  sandboxId: string | null;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt: Date | null;

  /** When its rows were dropped. */
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;
}
