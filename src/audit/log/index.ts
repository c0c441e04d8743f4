export { parseCheckpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.js';
export { CompactRange, type NodeId, nodesOf } from './compact-range.js';
export { ExportFault, UnusableInput } from './export-fault.js';
export * as Exports from './export-lines.js';
export { type Evidence, type VerifiedExport, verifyExport } from './export-verifier.js';
export * as Entries from './log-entry.js';
export * as Hashes from './merkle-hash.js';
export * as Proofs from './merkle-proofs.js';
export { type Verifier, verifierKey } from './signed-note.js';
