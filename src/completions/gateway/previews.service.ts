import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import { sha256 } from '../../platform/digest/sha256.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ChatTurn } from '../chat-turns.js';
import type { CompletionPreviewDto, PreviewOutcome } from '../http/completion-preview.dto.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import { bytesOf, type CompletionPlan } from './completion-plan.js';
import { CompletionPlanner } from './completion-planner.service.js';

/** Shows what a request would make leave, and sends nothing. */
@Injectable()
export class CompletionPreviews {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly audit: AuditWriter,
  ) {}

  /** @throws AppError as completions do, before anything of one leaves */
  async preview(
    caller: Caller,
    request: ChatRequest,
    projectId: string | undefined,
    turn?: ChatTurn,
  ): Promise<CompletionPreviewDto> {
    const options = { isRehearsal: true, signal: caller.signal, turn };
    const plan = await this.planner.plan(caller, request, projectId, options);
    plan.builtIn?.check(plan.request.body);
    const body = await bytesToSend(plan);
    const { details, ...entry } = auditOf(caller);
    await this.audit.appendAlone({
      ...entry,
      projectId,
      action: 'completion.previewed',
      counts: plan.examination?.counts ?? {},
      details: { ...details, model: plan.route.model },
    });
    return presentPreview(plan, body);
  }
}

async function bytesToSend(plan: CompletionPlan): Promise<Buffer | undefined> {
  if (plan.refusal || !plan.examination) return undefined;
  return bytesOf((await plan.examination.shield()).body, plan);
}

function outcomeOf({ builtIn, refusal, examination }: CompletionPlan): PreviewOutcome {
  if (builtIn) return 'answer_here';
  if (!refusal) return 'send';
  return examination && examination.blocked.length > 0 ? 'block' : 'refuse';
}

function presentPreview(plan: CompletionPlan, body: Buffer | undefined): CompletionPreviewDto {
  const { request, route, policy, examination, builtIn, isShielded } = plan;
  const [upstream] = route.candidates;
  return {
    outcome: outcomeOf(plan),
    model_requested: request.model,
    model: route.model,
    upstream:
      builtIn || !upstream ? null : { id: upstream.id, name: upstream.name, private: upstream.isPrivate },
    shielded: isShielded,
    policy: policy.stored ?? null,
    findings: examination?.counts ?? {},
    actions: examination?.actions ?? {},
    blocked: [...(examination?.blocked ?? [])],
    kept_local: [...(examination?.local ?? [])],
    attachments: [...(examination?.attachments ?? [])],
    unknown_fields: [...(examination?.unknownFields ?? [])],
    request: body
      ? { body: body.toString('utf8'), sha256: sha256(body).toString('hex'), bytes: body.length }
      : null,
  };
}
