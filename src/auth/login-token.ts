import { randomBytes } from 'node:crypto';

/** 160 random bits (ASVS 11.5.1 asks for 128). */
const BYTES = 20;

/** A fresh login token: 40 hexadecimal characters. */
export const generateLoginToken = (): string => randomBytes(BYTES).toString('hex');

/** Whether a text has the form of a login token. */
export const isLoginToken = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
