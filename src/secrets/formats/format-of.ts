import type { VariableFormat } from './variable-format.js';

const MEDIA_TYPES: Record<VariableFormat, string> = {
  dotenv: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
  kubernetes: 'application/yaml; charset=utf-8',
  docker: 'text/plain; charset=utf-8',
  shell: 'text/x-shellscript; charset=utf-8',
};

const EXTENSIONS: Record<VariableFormat, string> = {
  dotenv: 'env',
  json: 'json',
  yaml: 'yaml',
  kubernetes: 'secret.yaml',
  docker: 'env.list',
  shell: 'sh',
};

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=/m;
const MAPPING = /^["']?[\w.-]+["']?[ \t]*:(?:\s|$)/m;
const SECRET = /^kind[ \t]*:[ \t]+["']?Secret["']?[ \t]*(?:#.*)?\r?$|"kind"\s*:\s*"Secret"/m;
const API_VERSION = /["']?apiVersion["']?\s*:/;

const isManifest = (text: string) => SECRET.test(text) && API_VERSION.test(text);

function formatOfName(fileName: string): VariableFormat | undefined {
  const name = fileName.toLowerCase();
  if (name.endsWith('.json')) return 'json';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  if (/\.(?:sh|bash)$/.test(name)) return 'shell';
  if (name.endsWith('.list')) return 'docker';
  return /(?:^|[./\\])env(?:\.|$)/.test(name) ? 'dotenv' : undefined;
}

function formatOfText(text: string): VariableFormat {
  if (text.startsWith('#!')) return 'shell';
  if (/^\s*[[{]/.test(text)) return 'json';
  if (!ASSIGNMENT.test(text) && MAPPING.test(text)) return 'yaml';
  return 'dotenv';
}

/**
 * Which format a file most likely is: by its name where that says it (`.env`, `.env.local`, `prod.env`, `.json`, `.yaml`, `.sh`,
 * `env.list`), else by its beginning. A manifest of kind Secret is told from other YAML and JSON by its content.
 */
export function formatOf(fileName: string | undefined, text: string): VariableFormat {
  const bare = text.replace(/^\uFEFF/, '');
  const format = (fileName === undefined ? undefined : formatOfName(fileName)) ?? formatOfText(bare);
  return (format === 'json' || format === 'yaml') && isManifest(bare) ? 'kubernetes' : format;
}

export const mediaTypeOf = (format: VariableFormat): string => MEDIA_TYPES[format];

/** A name for the exported file, such as `production.env`. */
export function fileNameOf(format: VariableFormat, environmentName: string): string {
  const name = environmentName.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return `${name === '' ? 'environment' : name}.${EXTENSIONS[format]}`;
}
