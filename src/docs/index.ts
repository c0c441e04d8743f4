export type { Json, JsonObject } from './bundle.js';
export { CONTRACT_FILES, type Contract, type ContractFile, loadContracts } from './contracts.js';
export { DocsModule } from './docs.module.js';
