import { Column, CreateDateColumn, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('memberships')
@Unique(['organizationId', 'userId'])
export class MembershipEntity {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'organization_id' })
  organizationId: string;

  @Column('text', { name: 'user_id' })
  userId: string;

  @Column('text')
  role: 'admin' | 'editor' | 'viewer';

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
