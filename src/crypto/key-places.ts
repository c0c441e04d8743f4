import { associatedData } from './associated-data.js';

/**
 * Where each stored key lies. Every wrapping is bound to its place, so that no wrapped key opens in another's; none
 * names the key that wraps it, so that it stays in its place when that one is rotated.
 */
export const masterKeyPlace = (id: string): Buffer => associatedData('master_keys', id);

export const organizationKeyPlace = (organizationId: string, id: string, version: number): Buffer =>
  associatedData(organizationId, 'organization_keys', id, version);

export const dataKeyPlace = (organizationId: string, purpose: string, id: string, version: number): Buffer =>
  associatedData(organizationId, 'data_keys', purpose, id, version);

export const instanceKeyPlace = (purpose: string, id: string, version: number): Buffer =>
  associatedData('instance_keys', purpose, id, version);
