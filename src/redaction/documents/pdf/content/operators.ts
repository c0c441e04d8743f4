/**
 * The operators of page content that draw (ISO 32000-1, annex A) with what they take: `n` a number, `s` a string, `a` an
 * array, `m` a name, `*` colour components with or without a name. Operators of marked content are left out: they draw
 * nothing, and carry tags, replacement text and layers.
 */
export const OPERANDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '': 'b B b* B* n f F f* s S W W* h q Q BT ET T*',
    a: 'TJ',
    an: 'd',
    m: 'gs Do sh cs CS ri',
    mn: 'Tf',
    n: 'w J j M i g G Tc Tw Tz TL Tr Ts',
    nn: 'm l Td TD d0',
    nnn: 'rg RG',
    nnnn: 're v y k K',
    nnnnnn: 'c cm Tm d1',
    s: "Tj '",
    nns: '"',
    '*': 'sc SC scn SCN',
  }).flatMap(([operands, operators]) =>
    operators.split(' ').map((operator) => [operator, operands] as const),
  ),
);

export const SHOWS_TEXT: ReadonlySet<string> = new Set(['Tj', 'TJ', "'", '"']);
export const BUILDS_PATH: ReadonlySet<string> = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're']);
export const ENDS_PATH: ReadonlySet<string> = new Set(['b', 'B', 'b*', 'B*', 'n', 'f', 'F', 'f*', 's', 'S']);
