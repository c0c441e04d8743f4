export { parseCheckpoint } from './checkpoint.js';
export { ExportFault, UnusableInput } from './export-fault.js';
export { type Evidence, type VerifiedExport, verifyExport } from './export-verifier.js';
export { verifierKey } from './signed-note.js';
