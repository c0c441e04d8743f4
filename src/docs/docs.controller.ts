import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Param, Res, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { packageRoot } from '../platform/config/package-root.js';
import { platformError } from '../platform/errors/app-error.js';
import { ACCESS } from '../platform/http/operation.decorator.js';
import { type Contract, loadContracts } from './contracts.js';
import { DOCS_POLICY, docsPage } from './docs-page.js';

interface Asset {
  readonly type: string;
  readonly body: string | Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
};

const VENDOR_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js'];
const OWN_FILES = ['redoubt.css', 'redoubt.js', 'redoubt.svg'];

/** Swagger UI and the contracts, read once: the folder of swagger-ui-dist is never served as such. */
@ApiExcludeController()
@Controller('_root')
export class DocsController {
  private readonly root = packageRoot();
  private readonly contracts: readonly Contract[] = loadContracts(this.root);
  private readonly html = docsPage(this.contracts);
  private readonly assets = this.loadAssets();

  @Get('docs')
  @SetMetadata(ACCESS, 'public')
  page(@Res() reply: FastifyReply): void {
    reply.header('content-security-policy', DOCS_POLICY).header('referrer-policy', 'no-referrer');
    send(reply, { type: TYPES.html ?? '', body: this.html });
  }

  @Get('docs/:file')
  @SetMetadata(ACCESS, 'public')
  asset(@Param('file') file: string, @Res() reply: FastifyReply): void {
    const asset = this.assets.get(file);
    if (!asset) throw platformError('NOT_FOUND');
    send(reply, asset);
  }

  @Get('openapi.yaml')
  @SetMetadata(ACCESS, 'public')
  yaml(@Res() reply: FastifyReply): void {
    this.sendContract('core.yaml', reply);
  }

  @Get('openapi.json')
  @SetMetadata(ACCESS, 'public')
  json(@Res() reply: FastifyReply): void {
    this.sendContract('core.json', reply);
  }

  @Get('openapi/:file')
  @SetMetadata(ACCESS, 'public')
  surface(@Param('file') file: string, @Res() reply: FastifyReply): void {
    this.sendContract(file, reply);
  }

  private sendContract(file: string, reply: FastifyReply): void {
    const [surface, form] = file.split('.');
    const contract = this.contracts.find((entry) => entry.surface === surface);
    if (!contract || (form !== 'yaml' && form !== 'json')) throw platformError('NOT_FOUND');
    send(reply, { type: TYPES[form] ?? '', body: contract[form] });
  }

  private loadAssets(): ReadonlyMap<string, Asset> {
    const vendor = join(this.root, 'node_modules', 'swagger-ui-dist');
    const own = join(this.root, 'src', 'docs', 'browser');
    return new Map([...readAssets(vendor, VENDOR_FILES), ...readAssets(own, OWN_FILES)]);
  }
}

const readAssets = (folder: string, names: readonly string[]): [string, Asset][] =>
  names.map((name) => [name, assetOf(name, readFileSync(join(folder, name)))]);

const assetOf = (name: string, body: string | Buffer): Asset => ({
  type: TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream',
  body,
});

function send(reply: FastifyReply, { type, body }: Asset): void {
  void reply.header('content-type', type).header('cache-control', 'no-cache').send(body);
}
