import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { findProviders } from '../../platform/providers/find-providers.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import { OfferedTools } from './offered-tools.js';
import { ServerTools } from './server-tools.js';

/** Finds the tools of this server that requests name. */
@Injectable()
export class ToolOffers {
  private tools: ServerTools | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** Undefined for a request that names none. @throws AppError NOT_FOUND, PERMISSION_DENIED, VALIDATION_ERROR */
  async offersFor(caller: Caller, { toolIds, body }: ChatRequest): Promise<OfferedTools | undefined> {
    if (toolIds.length === 0) return undefined;
    this.tools ??= findProviders(this.discovery, ServerTools)[0];
    if (!this.tools) throw platformError('NOT_FOUND');
    return OfferedTools.in(body, await this.tools.open(caller, toolIds));
  }
}
