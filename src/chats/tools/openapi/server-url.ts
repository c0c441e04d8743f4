import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { urlTemplateOf } from '../functions/function-tool.js';
import { ToolFault } from '../tool-fault.js';

/**
 * Where a document's operations are: what the client says, else the document's first server with the defaults of its
 * variables.
 * @throws ToolFault `url`
 */
export function serverUrlOf({ servers }: JsonObject, given: string | undefined): string {
  const url = (given ?? firstOf(servers)).replace(/\/+$/, '');
  if (/[{}]/.test(url)) throw new ToolFault('url', 'a server whose URL has variables without defaults');
  return urlTemplateOf(url);
}

function firstOf(servers: JsonValue | undefined): string {
  const [server] = Array.isArray(servers) ? servers : [];
  if (!isObject(server) || typeof server.url !== 'string' || !/^https?:/i.test(server.url))
    throw new ToolFault('url', "a document without a server whose URL is whole: say it in 'server_url'");
  const { url, variables } = server;
  return url.replaceAll(/\{([^{}]+)\}/g, (all, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) && typeof variable.default === 'string' ? variable.default : all;
  });
}
