import type { PolicyOptions } from '../text-options.js';

export const RESOURCE_TYPES = ['processor'] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

export const RESOURCE_STATUSES = ['active', 'archived'] as const;
export type ResourceStatus = (typeof RESOURCE_STATUSES)[number];

/** What a resource of type `processor` sets: the settings that are not there are left to requests and the server. */
export type ResourceConfig = PolicyOptions;

/** A redaction policy as it stands. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly type: ResourceType;
  readonly status: ResourceStatus;
  readonly config: ResourceConfig;
  /** From 1, one more with every change. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A policy as it stood after one change. */
export interface ResourceVersion {
  readonly resourceId: string;
  readonly version: number;
  readonly name: string;
  readonly status: ResourceStatus;
  readonly config: ResourceConfig;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface NewResource {
  readonly name: string;
  readonly type: ResourceType;
  readonly config?: ConfigChange | undefined;
}

/** A change of settings: those not given stay, `null` takes one away, anything else replaces it as a whole. */
export type ConfigChange = { readonly [Name in keyof ResourceConfig]?: ResourceConfig[Name] | null };

/** A change of a resource: what is not given stays. */
export interface ResourceChange {
  readonly name?: string | undefined;
  readonly status?: ResourceStatus | undefined;
  readonly config?: ConfigChange | undefined;
}

/** Which resources to list; absent fields do not filter. */
export interface ResourceFilter {
  readonly status?: ResourceStatus | undefined;
  readonly type?: ResourceType | undefined;
  readonly name?: string | undefined;
}
