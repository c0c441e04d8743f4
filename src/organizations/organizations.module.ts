import { Module } from '@nestjs/common';
import { OrganizationsRepository } from './organizations.repository.js';

/** Tenants and who belongs to them. */
@Module({ providers: [OrganizationsRepository], exports: [OrganizationsRepository] })
export class OrganizationsModule {}
