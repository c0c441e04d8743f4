import type { OrganizationRole } from '../platform/http/permission.js';

/** A tenant as one of its members sees it. */
export interface Organization {
  readonly id: string;
  /** Whole number by which KeyNest's clients know it. */
  readonly number: number;
  /** Stored in clear. */
  readonly name: string;
  readonly description: string | null;
  readonly memberCount: number;
  readonly projectCount: number;
  /** From 1, one more whenever anything of it changes, its counts included. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** The role of whoever asks. */
  readonly userRole: OrganizationRole;
}

/** What a caller decides of an organization. */
export type OrganizationSettings = Pick<Organization, 'name' | 'description'>;

/** A change of settings: what is not given stays. */
export type OrganizationChange = {
  readonly [Name in keyof OrganizationSettings]?: OrganizationSettings[Name] | undefined;
};

/** Which organizations to list; absent fields do not filter. */
export interface OrganizationFilter {
  readonly name?: string | undefined;
  /** Part of the name, in whatever case. */
  readonly search?: string | undefined;
}

/** The form in which names are compared, in which two that differ in case alone are one. */
export const comparableName = (name: string): string => name.trim().normalize('NFC').toLowerCase();
