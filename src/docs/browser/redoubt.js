// Starts Swagger UI on the page it is loaded by. Its globals come from Swagger UI's own two scripts.
{
  const { SwaggerUIBundle, SwaggerUIStandalonePreset } = window;
  const element = document.getElementById('swagger-ui');

  const LABELS = { 'x-permission': 'Scope', 'x-audit-event': 'Audit event' };

  const plugin = ({ React: { createElement: h } }) => ({
    components: {
      // Swagger UI's own carries an inline style sheet, which the page's policy forbids.
      Logo: () => h('span', { className: 'redoubt-brand' }, 'Redoubt API'),
      OperationExt: ({ extensions }) =>
        h(
          'dl',
          { className: 'redoubt-extensions' },
          extensions
            .entrySeq()
            .map(([key, value]) =>
              h(
                'div',
                { key },
                h('dt', null, LABELS[key] ?? key),
                h('dd', null, h('code', null, String(value))),
              ),
            )
            .toArray(),
        ),
    },
    wrapComponents: {
      // Of a long contract Swagger UI shows what is in the window alone, and a search in the page finds nothing else. Tag by
      // tag, no list is long.
      operations: (Operations) => (props) => {
        const { specSelectors } = props;
        const tagged = specSelectors.taggedOperations();
        const ofTag = (tag) => ({
          ...specSelectors,
          taggedOperations: () => tagged.filter((_, name) => name === tag),
        });
        return h(
          'div',
          null,
          tagged
            .keySeq()
            .map((tag) => h(Operations, { ...props, key: tag, specSelectors: ofTag(tag) }))
            .toArray(),
        );
      },
    },
    statePlugins: {
      auth: {
        wrapActions: {
          // Swagger UI forgets the key when another definition is selected, but all surfaces here take the same one.
          restoreAuthorization: (restore) => (payload) =>
            Object.keys(payload.authorized).length > 0 ? restore(payload) : { type: 'redoubt_keep_key' },
        },
      },
    },
  });

  window.ui = SwaggerUIBundle({
    domNode: element,
    urls: JSON.parse(element.dataset.contracts),
    deepLinking: true,
    displayRequestDuration: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    requestSnippetsEnabled: true,
    showExtensions: true,
    // Left out, every page not on localhost would send its contract's address to Swagger's public validator.
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [plugin],
    layout: 'StandaloneLayout',
  });
}
