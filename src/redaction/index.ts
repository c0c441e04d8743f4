export { TEXT_OPERATIONS, TextOperations } from './http/text-operations.js';
export { BatchRequestDto, DetectRequestDto, ProcessRequestDto } from './http/text-request.dto.js';
export { BatchResponseDto, DetectResponseDto, ProcessResponseDto } from './http/text-response.dto.js';
export { REDACTION_ERRORS } from './redaction.errors.js';
export { RedactionModule } from './redaction.module.js';
