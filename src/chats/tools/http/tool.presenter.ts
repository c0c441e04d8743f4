import type { GivenRequest } from '../functions/function-tool.js';
import { toldBody } from '../requests/answer-words.js';
import type { Tool } from '../tool.js';
import type { FunctionRun } from '../tool-runs.service.js';
import type { ToolDto, ToolRequestDto, ToolTestDto } from './tool.dto.js';

export const presentTool = (tool: Tool): ToolDto => ({
  id: tool.id,
  object: 'tool',
  kind: tool.kind,
  name: tool.name,
  description: tool.description,
  receives: tool.receives,
  functions: tool.functions.map(({ name, description, parameters, request: { method, url } }) => ({
    ...{ name, description, parameters },
    ...{ method, url },
  })),
  request: tool.request && definedOf(tool.request),
  server_url: tool.serverUrl,
  headers: tool.headers,
  query: tool.query,
  skipped: [...tool.skipped],
  organization_id: tool.organizationId,
  version: tool.version,
  created_by: tool.createdBy,
  author_id: tool.authorId,
  created_at: tool.createdAt.toISOString(),
  updated_at: tool.updatedAt.toISOString(),
});

/** What is not said is not shown. */
function definedOf({ method, url, query, headers, body }: GivenRequest): ToolRequestDto {
  return {
    ...{ method, url },
    ...(query && { query }),
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
  };
}

/** What was sent and answered, without secrets. */
export const presentTest = (name: string, run: FunctionRun, durationMs: number): ToolTestDto => ({
  function: name,
  status: run.status,
  request: requestOf(run),
  response: responseOf(run),
  told: run.text,
  duration_ms: durationMs,
});

function requestOf({ request, hidden }: FunctionRun): ToolTestDto['request'] {
  if (!request) return null;
  const headers = Object.entries(request.headers).map(([name, text]) => [name, hidden.hide(text)]);
  return {
    method: request.method,
    url: hidden.hide(request.url),
    headers: Object.fromEntries(headers),
    body: request.body ? hidden.hide(request.body.toString('utf8')) : null,
  };
}

function responseOf({ answer, hidden }: FunctionRun): ToolTestDto['response'] {
  if (!answer) return null;
  const told = toldBody(answer, hidden);
  return {
    status: answer.status,
    content_type: answer.contentType === undefined ? null : hidden.hide(answer.contentType),
    body: told?.text ?? null,
    bytes: answer.body.length,
    extent: answer.isCut || told?.isCut ? 'cut' : 'whole',
  };
}
