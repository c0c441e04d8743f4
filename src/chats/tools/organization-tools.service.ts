import { Injectable } from '@nestjs/common';
import { ToolServing } from '../../completions/index.js';
import { holds } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ToolFunction } from './functions/tool-function.js';
import type { Tool } from './tool.js';
import { type FunctionCall, ToolRuns } from './tool-runs.service.js';
import { toolMissing, toolsDenied } from './tools.errors.js';
import { ToolsService } from './tools.service.js';

/** Hands the tools of an organization to completions. */
@Injectable()
export class OrganizationTools extends ToolServing.ServerTools {
  constructor(
    private readonly tools: ToolsService,
    private readonly runs: ToolRuns,
  ) {
    super();
  }

  async open(caller: Caller, ids: readonly string[]): Promise<readonly ToolServing.ServerFunction[]> {
    if (!holds(caller.principal, 'tools:read')) throw toolsDenied();
    const wanted = [...new Set(ids)];
    const found = new Map((await this.tools.findTools(caller, wanted)).map((tool) => [tool.id, tool]));
    return wanted.flatMap((id) => {
      const tool = found.get(id);
      if (tool) return this.functionsOf(caller, tool);
      throw toolMissing(ids.indexOf(id));
    });
  }

  private functionsOf(caller: Caller, tool: Tool): ToolServing.ServerFunction[] {
    const secrets = this.runs.secretsOf(caller, tool);
    return tool.functions.map((called) => ({
      ...{ toolId: tool.id, name: called.name, receives: tool.receives, definition: definitionOf(called) },
      run: (given, signal) => this.call({ tool, called, given, secrets, signal }),
    }));
  }

  private async call(call: FunctionCall): ReturnType<ToolServing.ServerFunction['run']> {
    const { status, text, answer } = await this.runs.run(call);
    return { status, text, bytes: answer?.body.length ?? 0 };
  }
}

const definitionOf = ({
  name,
  description,
  parameters,
}: ToolFunction): ToolServing.ServerFunction['definition'] => ({
  type: 'function',
  function: { name, ...(description !== '' && { description }), parameters },
});
