import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { externalRoute, type Surface } from './platform/http/surface.js';

const SECURITY = { type: 'http', scheme: 'bearer' } as const;

/** The document the decorators generate, over internal routes. */
function generate(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder().setOpenAPIVersion('3.1.0').addSecurity('bearer', SECURITY).build();
  return SwaggerModule.createDocument(app, config, { autoTagControllers: false });
}

/** Clients see resources, not the classes that carry them: `ProcessRequestDto` is `ProcessRequest` in the contract. */
const withoutSuffix = (document: OpenAPIObject): OpenAPIObject =>
  JSON.parse(
    JSON.stringify(document)
      .replaceAll(/("#\/components\/schemas\/\w+?)Dto"/g, '$1"')
      .replaceAll(/"(\w+)Dto":\{/g, '"$1":{'),
  );

/** One surface's part of the generated document, over the paths its clients use. */
export function generateContract(app: INestApplication, surface: Surface): OpenAPIObject {
  const document = withoutSuffix(generate(app));
  const paths: OpenAPIObject['paths'] = {};
  for (const [internal, item] of Object.entries(document.paths)) {
    const route = externalRoute(internal);
    if (!route) throw new Error(`route ${internal} belongs to no surface`);
    if (route.surface === surface) paths[route.path] = item;
  }
  return { ...document, paths };
}
