import { bundle } from './bundle.js';

const core = {
  components: {
    schemas: {
      Tree: {
        properties: {
          child: { $ref: '#/components/schemas/Tree' },
          leaf: { $ref: '#/components/schemas/Leaf' },
        },
      },
      Leaf: { type: 'string' },
      Unused: { type: 'number' },
    },
  },
};

describe('bundle', () => {
  it('copies what is referenced in the core, and all that leads to, and nothing else', () => {
    const document = {
      paths: { '/x': { $ref: '../../../openapi.yaml#/components/schemas/Tree' } },
      components: { schemas: { Own: {} } },
    };
    const whole = bundle(document, core);
    expect(whole.paths).toEqual({ '/x': { $ref: '#/components/schemas/Tree' } });
    expect(Object.keys((whole.components as { schemas: object }).schemas).sort()).toEqual([
      'Leaf',
      'Own',
      'Tree',
    ]);
    expect(whole.components).toMatchObject({ schemas: { Tree: core.components.schemas.Tree } });
  });

  it('names a reference that leads nowhere', () => {
    const document = { paths: { $ref: '../../../openapi.yaml#/components/schemas/Missing' } };
    expect(() => bundle(document, core)).toThrow('#/components/schemas/Missing does not exist');
  });
});
