export { FILES_ERRORS } from './files.errors.js';
export { FilesModule } from './files.module.js';
export { type DocumentDto, UploadFormDto } from './http/document.dto.js';
export { DocumentOperations } from './http/document-operations.js';
export { DownloadRequestDto } from './http/file.dto.js';
export { FileOperations } from './http/file-operations.js';
export { STORAGE_ERRORS } from './storage/storage.errors.js';
