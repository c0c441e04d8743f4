import { S3ServiceException } from '@aws-sdk/client-s3';
import type { AppError } from '../errors/app-error.js';
import { StartError } from '../errors/start-error.js';
import { storageError, storageUnavailable } from './storage.errors.js';

/** What servers call it; Amazon's own never is full. */
const FULL = new Set([
  'QuotaExceeded',
  'QuotaExceededException',
  'XMinioStorageFull',
  'InsufficientCapacity',
]);

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** Whether S3 says that the object, or the upload, is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  (error.name === 'NoSuchKey' ||
    error.name === 'NoSuchUpload' ||
    (error.name === 'NotFound' && statusOf(error) === 404));

/** What S3, or the way to it, reported, as an error of ours. */
export function s3Error(error: unknown): AppError {
  const isFull = error instanceof S3ServiceException && (FULL.has(error.name) || statusOf(error) === 507);
  return isFull ? storageError('STORAGE_FULL', { cause: error }) : storageUnavailable(error);
}

/** What is wrong with a bucket that cannot be used, in words for the operator. */
export function bucketError(error: unknown, bucket: string): StartError | AppError {
  const options = { cause: error };
  switch (statusOf(error)) {
    case 404:
      return new StartError(
        `The bucket "${bucket}" does not exist. Create it, or correct S3_BUCKET and S3_ENDPOINT.`,
        options,
      );
    case 401:
    case 403:
      return new StartError(
        `S3 refused access to the bucket "${bucket}". Correct S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or their permissions.`,
        options,
      );
    case 301:
    case 307:
    case 400:
      return new StartError(`The bucket "${bucket}" lies in another region. Correct S3_REGION.`, options);
    default:
      return s3Error(error);
  }
}
