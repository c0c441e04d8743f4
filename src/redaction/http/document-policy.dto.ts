/** A policy that comes with its request has the settings of a processor. */
export { ResourceConfigDto as DocumentPolicyDto } from '../resources/http/resource.dto.js';
