export type { Json, JsonObject } from './bundle.js';
export { CONTRACT_FILES, type Contract, type ContractFile, parseContracts } from './contracts.js';
export { DocsModule } from './docs.module.js';
