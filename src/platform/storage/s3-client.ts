import { S3Client } from '@aws-sdk/client-s3';
import type { Settings } from '../config/settings.js';

/** A server that cannot be reached is given up after a few seconds, a silent one after less than a minute. */
const TRIES = 3;
const CONNECT_MS = 2_000;
export const ANSWER_MS = 15_000;

export type S3Settings = Pick<
  Settings,
  'S3_ENDPOINT' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
> & { readonly S3_BUCKET: string };

/**
 * Checksums beyond those that requests need, and asking leave to send (Expect), are unknown to many servers that speak
 * S3. A server of one's own is addressed by path: it rarely has a name for each bucket.
 */
export function createS3Client(settings: S3Settings, answerMs = ANSWER_MS): S3Client {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  return new S3Client({
    region: S3_REGION,
    ...(S3_ENDPOINT && { endpoint: S3_ENDPOINT, forcePathStyle: true }),
    ...(S3_ACCESS_KEY_ID &&
      S3_SECRET_ACCESS_KEY && {
        credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
      }),
    maxAttempts: TRIES,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 512 },
      httpsAgent: { maxSockets: 512 },
    },
  });
}
