import { UploadedFileDto, UploadFormDto } from './document.dto.js';

/** What the paths of an upload share. */
export const UPLOAD = {
  access: 'files:write',
  form: UploadFormDto,
  placedByForm: true,
  transfer: 'upload',
  counts: 'uploads',
  success: { status: 201, type: UploadedFileDto },
  errors: [400, 404, 409, 413, 415, 422, 507],
  audit: 'document.uploaded',
  idempotent: true,
} as const;
