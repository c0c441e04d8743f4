import type { Resource, ResourceConfig, ResourceVersion } from '../resource.js';
import type { ResourceConfigDto, ResourceDto } from './resource.dto.js';
import type { ResourceVersionDto } from './resource-version.dto.js';

/** Settings as they were stored: their fields are those of the contract. */
const presentConfig = (config: ResourceConfig): ResourceConfigDto => ({ ...config }) as ResourceConfigDto;

export const presentResource = (resource: Resource): ResourceDto => ({
  id: resource.id,
  name: resource.name,
  type: resource.type,
  status: resource.status,
  config: presentConfig(resource.config),
  version: resource.version,
  created_by: resource.createdBy,
  created_at: resource.createdAt.toISOString(),
  updated_at: resource.updatedAt.toISOString(),
});

export const presentResourceVersion = (version: ResourceVersion): ResourceVersionDto => ({
  resource_id: version.resourceId,
  version: version.version,
  name: version.name,
  status: version.status,
  config: presentConfig(version.config),
  created_by: version.createdBy,
  created_at: version.createdAt.toISOString(),
});
