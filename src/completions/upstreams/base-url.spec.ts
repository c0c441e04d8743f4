import { AppError } from '../../platform/errors/app-error.js';
import { baseUrlOf } from './base-url.js';

describe('baseUrlOf', () => {
  it.each([
    ['https://api.example.org/v1', 'https://api.example.org/v1'],
    ['https://api.example.org/v1/', 'https://api.example.org/v1'],
    ['https://api.example.org/v1//', 'https://api.example.org/v1'],
    ['HTTP://LocalHost:11434/v1', 'http://localhost:11434/v1'],
    ['https://api.example.org:443/openai/v1', 'https://api.example.org/openai/v1'],
    ['http://[::1]:8000', 'http://[::1]:8000'],
    ['https://api.example.org/a/../v1', 'https://api.example.org/v1'],
  ])('keeps %s as %s', (given, kept) => expect(baseUrlOf(given)).toBe(kept));

  it.each([
    'api.example.org/v1',
    'ftp://api.example.org/v1',
    'file:///etc/passwd',
    'https://user@api.example.org/v1',
    'https://user:password@api.example.org/v1',
    'https://:password@api.example.org/v1',
    'https://api.example.org/v1?key=secret',
    'https://api.example.org/v1?',
    'https://api.example.org/v1#part',
    'https://api.example.org/v1/My%20name',
    'https://api.example.org/v1 Maria',
    'https://',
    '',
  ])('refuses %s', (given) => expect(() => baseUrlOf(given)).toThrow(AppError));
});
