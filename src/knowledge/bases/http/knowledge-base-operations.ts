import { Injectable } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import type { IfMatch } from '../../../platform/http/etag.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { PoliciesService } from '../../../redaction/index.js';
import { Embeddings } from '../../embeddings/embeddings.service.js';
import type { KnowledgeBaseChange, KnowledgeSettings } from '../knowledge-base.js';
import { KnowledgeBaseChangesService } from '../knowledge-base-changes.service.js';
import { KnowledgeBasesService } from '../knowledge-bases.service.js';
import type {
  CreateKnowledgeBaseDto,
  KnowledgeBaseDto,
  KnowledgeBaseQuery,
  UpdateKnowledgeBaseDto,
} from './knowledge-base.dto.js';
import { presentKnowledgeBase } from './knowledge-base.presenter.js';

const CHANGEABLE = [
  ...(['name', 'description', 'chunk_size', 'chunk_overlap', 'redact', 'processor_id'] as const),
  'embedding_model',
] as const;

/** Knowledge bases as clients see them. */
@Injectable()
export class KnowledgeBaseOperations {
  constructor(
    private readonly bases: KnowledgeBasesService,
    private readonly changes: KnowledgeBaseChangesService,
    private readonly policies: PoliciesService,
    private readonly embeddings: Embeddings,
    private readonly writes: Writes,
  ) {}

  async createKnowledgeBase(caller: Caller, body: CreateKnowledgeBaseDto): Promise<KnowledgeBaseDto> {
    const projectId = body.project_id ?? caller.principal.defaultProjectId;
    if (projectId === undefined) throw projectNeeded();
    const choice = {
      ...{ name: cleanName(body.name), description: body.description ?? null },
      ...{ chunkSize: body.chunk_size, chunkOverlap: body.chunk_overlap, redact: body.redact },
      ...{ processorId: body.processor_id ?? null, embeddingModel: body.embedding_model ?? null },
    };
    await this.check(caller, projectId, choice);
    const lookup = await this.changes.lookupOf(caller, choice.name);
    return this.writes.run(caller, async (tx) =>
      presentKnowledgeBase(await this.changes.createKnowledgeBase(caller, projectId, choice, lookup, tx)),
    );
  }

  async getKnowledgeBase(caller: Caller, id: string): Promise<KnowledgeBaseDto> {
    return presentKnowledgeBase(await this.bases.getKnowledgeBase(caller, id));
  }

  async listKnowledgeBases(
    caller: Caller,
    { name, project_id: projectId, created_after, created_before }: KnowledgeBaseQuery,
    listing: Listing,
  ): Promise<Listed<KnowledgeBaseDto>> {
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const filter = { ...range, projectId, name: name && cleanName(name) };
    const { rows, ...rest } = await this.bases.listKnowledgeBases(caller, filter, listing);
    return { ...rest, rows: rows.map(presentKnowledgeBase) };
  }

  /** What the body leaves out stays. */
  async updateKnowledgeBase(
    caller: Caller,
    id: string,
    body: UpdateKnowledgeBaseDto,
    ifMatch: IfMatch,
  ): Promise<KnowledgeBaseDto> {
    if (CHANGEABLE.every((name) => body[name] === undefined)) {
      const message = `Give at least one of: ${CHANGEABLE.join(', ')}.`;
      throw invalidField('body', 'required', message, CHANGEABLE);
    }
    const change: KnowledgeBaseChange = {
      ...{ name: body.name === undefined ? undefined : cleanName(body.name), description: body.description },
      ...{ chunkSize: body.chunk_size, chunkOverlap: body.chunk_overlap },
      ...{ redact: body.redact, processorId: body.processor_id, embeddingModel: body.embedding_model },
    };
    const before = await this.bases.getRow(caller, id);
    await this.check(caller, before.projectId, {
      chunkSize: change.chunkSize ?? before.chunkSize,
      chunkOverlap: change.chunkOverlap ?? before.chunkOverlap,
      processorId: change.processorId ?? null,
      embeddingModel: change.embeddingModel ?? null,
    });
    const lookup = change.name === undefined ? undefined : await this.changes.lookupOf(caller, change.name);
    return this.writes.run(caller, async (tx) =>
      presentKnowledgeBase(await this.changes.changeKnowledgeBase(caller, id, change, lookup, ifMatch, tx)),
    );
  }

  async deleteKnowledgeBase(caller: Caller, id: string, ifMatch: IfMatch): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.deleteKnowledgeBase(caller, id, ifMatch, tx);
      return undefined;
    });
  }

  /** @throws AppError VALIDATION_ERROR, EMBEDDING_MODEL_UNUSABLE, NOT_FOUND and what else is wrong with the policy */
  private async check(
    caller: Caller,
    projectId: string,
    { chunkSize, chunkOverlap, processorId, embeddingModel }: Omit<KnowledgeSettings, 'redact'>,
  ): Promise<void> {
    if (chunkOverlap > chunkSize / 2) throw tooMuchOverlap(chunkSize);
    if (processorId !== null) await this.policies.getActive(caller, processorId);
    if (embeddingModel !== null) await this.embeddings.check(caller, projectId, embeddingModel);
  }
}

const cleanName = (name: string): string => {
  const clean = name.trim().normalize('NFC');
  if (clean === '') throw invalidField('name', 'minLength', "'name' must hold more than blanks.");
  return clean;
};

const projectNeeded = () =>
  invalidField('project_id', 'required', "'project_id' is required: your credential has no default project.");

const tooMuchOverlap = (chunkSize: number) =>
  invalidField(
    'chunk_overlap',
    'maximum',
    `'chunk_overlap' must be at most half of 'chunk_size', which is ${Math.floor(chunkSize / 2)}.`,
  );
