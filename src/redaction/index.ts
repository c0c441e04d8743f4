export { BATCH_CHUNK } from './batches/batch-chunk.task.js';
export { type BatchAnswer, TEXT_OPERATIONS, TextOperations } from './http/text-operations.js';
export { BatchRequestDto, DetectRequestDto, ProcessRequestDto } from './http/text-request.dto.js';
export { BatchResponseDto, DetectResponseDto, ProcessResponseDto } from './http/text-response.dto.js';
export { REDACTION_ERRORS } from './redaction.errors.js';
export { RedactionModule } from './redaction.module.js';
export { REDACTION_DOCUMENT } from './redactions/redaction-document.task.js';
export * as ResourceDtos from './resources/http/resource.dto.js';
export { ResourceOperations } from './resources/http/resource-operations.js';
