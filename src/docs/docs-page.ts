import type { ContractFile } from './contracts.js';

/** Nothing but our own origin, and nothing inline: Swagger UI sets element styles through the DOM, which is allowed. */
export const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const urlOf = ({ surface }: ContractFile): string =>
  surface === 'core' ? '/openapi.json' : `/openapi/${surface}.json`;

const attribute = (value: unknown): string =>
  JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The page: Swagger UI with a selector of the surfaces, the first one shown. */
export function docsPage(contracts: readonly ContractFile[]): string {
  const urls = contracts.map((contract) => ({ name: contract.title, url: urlOf(contract) }));
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Redoubt API</title>
    <link rel="icon" type="image/svg+xml" href="/docs/redoubt.svg">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/redoubt.css">
  </head>
  <body>
    <div id="swagger-ui" data-contracts="${attribute(urls)}"></div>
    <noscript>This page needs JavaScript. The contract itself is at <a href="/openapi.yaml">/openapi.yaml</a>.</noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/swagger-ui-standalone-preset.js"></script>
    <script src="/docs/redoubt.js"></script>
  </body>
</html>
`;
}
