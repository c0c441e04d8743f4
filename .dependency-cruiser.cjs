const features = [
  'crypto',
  'auth',
  'accounts',
  'organizations',
  'projects',
  'files',
  'secrets',
  'redaction',
  'knowledge',
  'completions',
  'chats',
  'audit',
  'jobs',
  'webhooks',
  'admin',
  'docs',
];

/** Which features a feature may import, each through its index.ts. */
const ofPeople = ['crypto', 'auth', 'accounts', 'organizations'];
const allowed = {
  crypto: [],
  auth: ['crypto'],
  accounts: ['crypto', 'auth'],
  organizations: ['crypto', 'auth', 'accounts'],
  projects: ofPeople,
  files: [...ofPeople, 'projects'],
  secrets: [...ofPeople, 'projects'],
  redaction: [...ofPeople, 'projects', 'files', 'secrets'],
  knowledge: [...ofPeople, 'projects', 'files', 'secrets', 'redaction'],
  completions: [...ofPeople, 'projects', 'files', 'secrets', 'redaction', 'knowledge'],
  chats: [...ofPeople, 'projects', 'files', 'secrets', 'redaction', 'knowledge', 'completions'],
  audit: ofPeople,
  jobs: ofPeople,
  webhooks: ofPeople,
  admin: features.filter((name) => name !== 'admin'),
  docs: [],
};

/** Engines that a program may use without the feature that they are of. */
const engines = { audit: ['log/'] };

const doorsOf = (name) => ['index\\.ts$', 'testing/', ...(engines[name] ?? [])];

const featureRules = features.flatMap((name) => [
  {
    name: `${name}-imports`,
    comment: `${name} may import ${allowed[name].join(', ') || 'no other feature'}`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: {
      path: `^src/(${features.filter((other) => other !== name && !allowed[name].includes(other)).join('|')})/`,
    },
  },
  {
    name: `${name}-door`,
    comment: `${name} is entered through its index.ts alone, but for an engine that needs nothing else of it; tests may use what it has for them`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${name}/` },
    to: { path: `^src/${name}/`, pathNot: `^src/${name}/(${doorsOf(name).join('|')})` },
  },
]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...featureRules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: `^src/(${features.join('|')}|dialects|cli)/` },
    },
    {
      name: 'features-know-no-dialect',
      severity: 'error',
      from: { path: `^src/(${features.join('|')})/` },
      to: { path: '^src/(dialects|cli)/' },
    },
    {
      name: 'dialects-stand-alone',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/' },
      to: { path: '^src/dialects/', pathNot: '^src/dialects/$1/' },
    },
    {
      name: 'engine-is-pure',
      comment:
        'the engine could be published on its own: no framework, no database, no file, no network; it unpacks its weights',
      severity: 'error',
      from: { path: '^src/redaction/engine/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^(src/redaction/engine/|timers/promises$|zlib$|node_modules/re2js/)' },
    },
    {
      name: 'documents-are-pure',
      comment:
        'handlers of documents could be published on their own; process/ runs them, pdf/wasm-file.ts reads the engines they bring',
      severity: 'error',
      from: {
        path: '^src/redaction/documents/',
        pathNot: '^src/redaction/documents/(process/|pdf/wasm-file\\.ts$)|/testing/|\\.(int-)?spec\\.ts$',
      },
      to: {
        pathNot:
          '^(src/redaction/(documents|engine)/|zlib$|crypto$|buffer$|stream$|stream/promises$|node_modules/(@embedpdf/pdfium|@cantoo/pdf-lib|harfbuzzjs|sharp|yauzl|yazl|saxes|htmlparser2|unpdf|chardet|iconv-lite)/)',
      },
    },
    {
      name: 'secrets-engines-are-pure',
      comment:
        'files of variables and references could be published on their own: no framework, no database, no network',
      severity: 'error',
      from: {
        path: '^src/secrets/(dotenv|formats|references)/',
        pathNot: '/testing/|\\.(int-)?spec\\.ts$',
      },
      to: {
        pathNot: '^src/secrets/((dotenv|formats|references)/|variable\\.policy\\.ts$)|^node_modules/yaml/',
      },
    },
    {
      name: 'retrieval-is-pure',
      comment:
        'words, sentences and their ranking could be published on their own: no framework, no database, no network',
      severity: 'error',
      from: { path: '^src/knowledge/(retrieval|chunking)/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/knowledge/(retrieval|chunking)/' },
    },
    {
      name: 'audit-log-is-pure',
      comment:
        'the log that proves itself could be published on its own: no framework, no database, no network; hashes and signatures are what it is about',
      severity: 'error',
      from: { path: '^src/audit/log/', pathNot: '/testing/|\\.spec\\.ts$' },
      to: { pathNot: '^(src/audit/log/|(node:)?crypto$)' },
    },
    {
      name: 'prompt-templates-are-pure',
      comment: 'templates and their values need errors to say what is wrong, and nothing else',
      severity: 'error',
      from: { path: '^src/chats/prompts/template/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/(chats/prompts/template/|platform/errors/)' },
    },
    {
      name: 'echo-stands-alone',
      comment: 'the model server for trying and measuring needs Node and nothing else',
      severity: 'error',
      from: { path: '^src/echo/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^(src/echo/|(node:)?(http|events|timers/promises)$)' },
    },
    {
      name: 'testing-for-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '/testing/|\\.(int-)?spec\\.ts$' },
      to: { path: '^src/.+/testing/' },
    },
    {
      name: 'database-behind-repositories',
      comment: 'services hand on the Tx of platform/database; DataSource is for its manager alone',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/platform/|/testing/|\\.(entity|repository|service|handler|sweeper|authenticator|int-spec)\\.ts$|^src/cli/set-up\\.ts$',
      },
      to: { path: '^node_modules/typeorm/' },
    },
    {
      name: 'http-sees-no-database',
      severity: 'error',
      from: { path: '^src/.+/http/', pathNot: '^src/platform/' },
      to: { path: '\\.(repository|entity)\\.ts$|^node_modules/typeorm/' },
    },
    {
      name: 'primitives-in-crypto',
      comment: 'ciphers belong to crypto, hashes of API keys to auth; digests have one file',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(crypto|auth|accounts|audit/log)/|^src/platform/(embedded-postgres/|digest/)|\\.(int-)?spec\\.ts$',
      },
      to: { path: '^(node:)?crypto$', dependencyTypes: ['core'] },
    },
    {
      name: 's3-in-storage',
      comment: 'where the bytes of files lie is known to their storage alone',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/storage/' },
      to: { path: '^node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'acceptance-imports-nothing',
      comment: 'acceptance tests and load tools know Redoubt by HTTP alone',
      severity: 'error',
      from: { path: '^(test/acceptance|proofs)/' },
      to: { path: '^src/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.(d|spec|int-spec)\\.ts$|^src/docs/browser/|^(test|bench|proofs)/' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
