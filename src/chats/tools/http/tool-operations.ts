import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../../completions/index.js';
import { EgressClient } from '../../../platform/egress/egress-client.service.js';
import { EgressFault } from '../../../platform/egress/egress-fault.js';
import { invalidField } from '../../../platform/errors/app-error.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { GivenRequest } from '../functions/function-tool.js';
import { urlWith } from '../functions/tool-function.js';
import type { Tool, ToolChoice, ToolContent } from '../tool.js';
import { ToolChanges } from '../tool-changes.service.js';
import { changedDefinition, newDefinition } from '../tool-definition.js';
import { ToolRuns } from '../tool-runs.service.js';
import { ToolSecretsReader } from '../tool-secrets.service.js';
import { toolError } from '../tools.errors.js';
import { ToolsService } from '../tools.service.js';
import type {
  CreateToolDto,
  TestToolDto,
  ToolDto,
  ToolListDto,
  ToolQuery,
  ToolTestDto,
  UpdateToolDto,
} from './tool.dto.js';
import { presentTest, presentTool } from './tool.presenter.js';

const CHANGEABLE = [
  ...(['name', 'description', 'receives', 'parameters', 'request'] as const),
  ...(['openapi', 'server_url', 'operations', 'headers', 'query'] as const),
] as const;

/** Tools as clients see them. */
@Injectable()
export class ToolOperations {
  constructor(
    private readonly tools: ToolsService,
    private readonly changes: ToolChanges,
    private readonly secrets: ToolSecretsReader,
    private readonly runs: ToolRuns,
    private readonly egress: EgressClient,
    private readonly writes: Writes,
  ) {}

  async createTool(caller: Caller, body: CreateToolDto): Promise<ToolDto> {
    const { kind, content } = newDefinition(choiceOf(body));
    await this.check(caller, content);
    const { receives = 'tokens' } = body;
    return this.writes.run(caller, async (tx) =>
      presentTool(await this.changes.createTool(caller, kind, receives, content, tx)),
    );
  }

  async getTool(caller: Caller, id: string): Promise<ToolDto> {
    return presentTool(await this.tools.getTool(caller, id));
  }

  async listTools(caller: Caller, query: ToolQuery): Promise<ToolListDto> {
    const listing = listingOf(query);
    return listEnvelope(await this.tools.listTools(caller, listing), listing, presentTool);
  }

  async updateTool(caller: Caller, id: string, body: UpdateToolDto, ifMatch: IfMatch): Promise<ToolDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const before = await this.tools.getTool(caller, id);
    const content = changedDefinition(before, choiceOf(body));
    await this.check(caller, content);
    const state = { version: before.version, receives: body.receives ?? before.receives, content };
    return this.writes.run(caller, async (tx) =>
      presentTool(await this.changes.changeTool(caller, id, state, ifMatch, tx)),
    );
  }

  async deleteTool(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteTool(caller, id, ifMatch, tx);
      return undefined;
    });
  }

  async testTool(caller: Caller, id: string, body: TestToolDto): Promise<ToolTestDto> {
    const tool = await this.tools.getTool(caller, id);
    const called = functionOf(tool, body.function);
    const given = JSON.stringify(body.arguments ?? {});
    const startedAt = performance.now();
    const secrets = this.runs.secretsOf(caller, tool);
    const run = await this.runs.run({ tool, called, given, secrets, signal: caller.signal() });
    if (run.fault && run.status === 'refused') throw refusedBy(run.fault);
    return presentTest(called.name, run, Math.round(performance.now() - startedAt));
  }

  /** @throws AppError EGRESS_REFUSED, TOOL_SECRET_UNREADABLE */
  private async check(caller: Caller, content: ToolContent): Promise<void> {
    try {
      for (const { request } of content.functions) this.egress.check(urlWith(request.url, () => 'x'));
    } catch (error) {
      throw error instanceof EgressFault ? refusedBy(error) : error;
    }
    await this.secrets.assertReadable(caller, content);
  }
}

const refusedBy = ({ message }: EgressFault) => toolError('EGRESS_REFUSED', { message });

function functionOf({ functions }: Tool, name: string | undefined): Tool['functions'][number] {
  const [only, ...others] = functions;
  if (name === undefined && others.length > 0) {
    const names = functions.map((one) => one.name);
    throw invalidField('function', 'required', "'function' is required: the tool has several.", names);
  }
  const found = name === undefined ? only : functions.find((one) => one.name === name);
  if (!found)
    throw toolError('TOOL_FUNCTION_UNKNOWN', { details: { field: 'function', constraint: 'exists' } });
  return found;
}

function choiceOf(body: UpdateToolDto): ToolChoice {
  const { name, description, receives, openapi, operations, headers, query } = body;
  return {
    ...{ name, description, receives, openapi, operations, headers, query, serverUrl: body.server_url },
    parameters: body.parameters as JsonObject | undefined,
    request: body.request && ({ ...body.request } as GivenRequest),
  };
}
