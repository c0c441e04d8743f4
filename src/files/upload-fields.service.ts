import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invalidField, platformError } from '../platform/errors/app-error.js';
import { isId } from '../platform/http/ids.js';
import { holds } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { ProjectsRepository, projectArchived } from '../projects/index.js';
import { DocumentCollectionsRegistry } from './document-collections.js';
import { KNOWLEDGE_BASE_FIELD, PROJECT_FIELD, UploadPlace } from './upload-place.service.js';
import { UploadRedactionsRegistry } from './upload-redactions.js';

/** That a document be redacted once it is uploaded. */
export interface RequestedRedaction {
  /** The policy to follow; null for the default one. */
  readonly processorId: string | null;
}

type Fields = ReadonlyMap<string, string>;

const PROJECT = PROJECT_FIELD;
const REDACT = 'redact';
const PROCESSOR = 'processor_id';

/** What an upload's form may say beside its file. */
export const UPLOAD_FIELDS = [PROJECT, KNOWLEDGE_BASE_FIELD, REDACT, PROCESSOR] as const;

/** Where an upload is to go, and what is to be done with it. */
export interface ReadFields {
  readonly projectId: string;
  readonly knowledgeBaseId: string | null;
  readonly redaction: RequestedRedaction | undefined;
}

const REDACT_VALUES = ['true', 'false'];

/** Reads and checks the fields of uploads. */
@Injectable()
export class UploadFields {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly redactions: UploadRedactionsRegistry,
    private readonly place: UploadPlace,
    private readonly collections: DocumentCollectionsRegistry,
    private readonly dataSource: DataSource,
  ) {}

  /** The caller where the form's project is, see {@link UploadPlace.enter}. @throws AppError PERMISSION_DENIED */
  enter(caller: Caller, fields: Fields): Promise<Caller> {
    return this.place.enter(caller, fields);
  }

  /**
   * Checks what stands before the file, so that no file is taken for what is refused anyway.
   * @throws AppError as the fields do
   */
  async checkEarly(caller: Caller, fields: Fields): Promise<void> {
    if (fields.has(KNOWLEDGE_BASE_FIELD) || fields.has(PROJECT))
      await this.assertOpen(caller, (await this.targetOf(caller, fields)).projectId);
    await this.assertRedaction(caller, fields);
  }

  /**
   * @throws AppError VALIDATION_ERROR, NOT_FOUND; PERMISSION_DENIED without `redaction:write`; what is wrong with the
   *   policy
   */
  async read(caller: Caller, fields: Fields): Promise<ReadFields> {
    const target = await this.targetOf(caller, fields);
    const processorId = fields.get(PROCESSOR) || null;
    if (await this.assertRedaction(caller, fields)) return { ...target, redaction: { processorId } };
    if (processorId === null) return { ...target, redaction: undefined };
    const message = `'${PROCESSOR}' says how to redact: send '${REDACT}: true' with it.`;
    throw invalidField(PROCESSOR, 'requires', message);
  }

  private async targetOf(caller: Caller, fields: Fields): Promise<Omit<ReadFields, 'redaction'>> {
    const knowledgeBaseId = fields.get(KNOWLEDGE_BASE_FIELD);
    if (!knowledgeBaseId) return { projectId: projectOf(caller, fields), knowledgeBaseId: null };
    const projectId = await this.collections.get().projectOf(caller, knowledgeBaseId);
    if ((fields.get(PROJECT) || projectId) !== projectId) {
      const message = `The knowledge base belongs to another project: leave '${PROJECT}' out.`;
      throw invalidField(PROJECT, 'consistent', message);
    }
    return { projectId, knowledgeBaseId };
  }

  /** Whether a redaction is asked for, one that may be. */
  private async assertRedaction(caller: Caller, fields: Fields): Promise<boolean> {
    const redact = fields.get(REDACT);
    if (redact !== undefined && !REDACT_VALUES.includes(redact)) {
      throw invalidField(REDACT, 'enum', `'${REDACT}' must be true or false.`, REDACT_VALUES);
    }
    if (redact !== 'true') return false;
    if (fields.get(KNOWLEDGE_BASE_FIELD)) throw redactedThere();
    if (!holds(caller.principal, 'redaction:write')) {
      const message = `This credential lacks the scope redaction:write, which '${REDACT}' needs.`;
      throw platformError('PERMISSION_DENIED', { message });
    }
    const processorId = fields.get(PROCESSOR);
    if (processorId) await this.redactions.check(caller, processorId);
    return true;
  }

  private async assertOpen({ principal }: Caller, projectId: string): Promise<void> {
    const project = await this.projects.find(principal.organizationId, projectId, this.dataSource.manager);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
  }
}

const redactedThere = () =>
  invalidField(
    REDACT,
    'unsupported',
    `'${REDACT}' is of documents of projects: a knowledge base says itself whether it redacts what it reads.`,
  );

function projectOf({ principal }: Caller, fields: Fields): string {
  const projectId = fields.get(PROJECT) || principal.defaultProjectId;
  if (projectId === undefined) {
    const message = `The '${PROJECT}' field is required: this key has no default project.`;
    throw invalidField(PROJECT, 'required', message);
  }
  if (!isId('proj', projectId)) throw platformError('NOT_FOUND');
  return projectId;
}
