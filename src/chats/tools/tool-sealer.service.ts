import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Tool, ToolContent, ToolRow } from './tool.js';

type Place = Pick<ToolRow, 'organizationId' | 'id' | 'version'>;

const placeOf = ({ organizationId, id, version }: Place) => ({ organizationId, table: 'tools', id, version });

/** Tools at rest: what they are called and ask for opens in their own place alone, as of their version. */
@Injectable()
export class ToolSealer {
  constructor(private readonly sealer: Sealer) {}

  seal(place: Place, content: ToolContent, db: Tx): Promise<Buffer> {
    const { name, description, functions, headers, query, request, serverUrl, skipped } = content;
    const kept = { name, description, functions, headers, query, request, serverUrl, skipped };
    return this.sealer.seal(placeOf(place), Buffer.from(JSON.stringify(kept)), db);
  }

  /** @throws OpenError when it was changed or moved */
  async open({ contentSealed, ...row }: ToolRow, db: Tx): Promise<Tool> {
    const bytes = await this.sealer.open(placeOf(row), contentSealed, db);
    const content: ToolContent = JSON.parse(bytes.toString('utf8'));
    return { ...row, ...content };
  }
}
