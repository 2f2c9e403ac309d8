/** The layers of ARCHITECTURE.md, as rules. `make check` fails where one is broken. */
const layer = (name, mayImport) => ({
  name: `${name}-layer`,
  comment: `${name}/ may import ${mayImport.length === 0 ? 'no other folder' : mayImport.join(', ')}`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: {
    path: '^((protocol|documents|storage|render|actors|http|client|web|test|bench|tools)/|server\\.ts|config\\.ts)',
    pathNot: [`^${name}/`, ...mayImport.map((target) => `^${target}`)],
  },
});
const onlyIn = (packages, folders) => ({
  name: `${packages.join('-or-')}-only-in-${folders.join('-and-')}`,
  severity: 'error',
  from: {
    path: '^(protocol|documents|storage|render|actors|http|client|web)/',
    pathNot: folders.map((folder) => `^${folder}/`),
  },
  to: { path: packages.map((name) => `^node_modules/(@types/)?${name}/`) },
});

module.exports = {
  forbidden: [
    layer('protocol', []),
    layer('documents', ['protocol/']),
    layer('storage', ['protocol/']),
    layer('render', ['protocol/']),
    layer('actors', ['protocol/', 'documents/', 'storage/port.ts$', 'render/port.ts$']),
    layer('http', ['protocol/', 'actors/']),
    layer('client', ['protocol/']),
    layer('web', ['client/', 'protocol/']),
    onlyIn(['express', 'ws'], ['http', 'client']),
    onlyIn(['xstate'], ['actors']),
    onlyIn(['pureimage', 'piscina'], ['render']),
    {
      name: 'documents-are-pure',
      comment: 'no I/O, timers or sockets in a kind of document',
      severity: 'error',
      from: { path: '^documents/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'what nobody imports is deleted',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^test/', '^bench/', '^tools/', '\\.cjs$'] },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies-in-the-product',
      severity: 'error',
      from: { path: '^(protocol|documents|storage|render|actors|http|client|server\\.ts|config\\.ts)' },
      to: { dependencyTypes: ['npm-dev'], pathNot: ['^node_modules/@types/'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.build|coverage|web/dist)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
