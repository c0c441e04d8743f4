import { create } from 'content-disposition';

/** What clients that read no `filename*` show: letters without their marks, and `_` for what ASCII lacks. */
const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, '_');

/**
 * The Content-Disposition of a file (RFC 6266), its name always in quotes: clients that look for them are many.
 */
export const contentDisposition = (name: string, type: 'attachment' | 'inline'): string =>
  create(name, { type, fallback: plainName(name) }).replace(/^(\w+; filename=)([^";]+)/, '$1"$2"');
