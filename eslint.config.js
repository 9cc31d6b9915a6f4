import js from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import { importX } from 'eslint-plugin-import-x';
import { createNodeResolver } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Folders of each package from the lowest to the highest: a folder imports only from those before it. */
const layers = {
  core: ['errors', 'codec', 'metadata', 'http', 'xml', 'mapping', 'client'],
  orm: [
    'entity',
    'entities',
    'query',
    'plan',
    'engine',
    'relations',
    'repository',
    'session',
    'kayako',
  ],
};

/** Likewise within the engine. */
const engineFolders = [
  'runs',
  'hydration',
  'rows',
  'paging',
  'loading',
  'custom-fields',
  'writing',
  'select',
  'watching',
];

const packageRules = {
  core: { regex: '^@kayako-orm/', message: 'core imports no other package of this project' },
  orm: { regex: '^@kayako-orm/(?!core$)', message: 'orm imports core and nothing else from here' },
  sandbox: { regex: '^@kayako-orm/', message: 'the sandbox stays independent of the client' },
};

/** The one file that may import values of a dependency; types are free. */
const adapters = {
  undici: 'packages/core/src/http/undici-transport.ts',
  saxes: 'packages/core/src/xml/sax-reader.ts',
  'class-transformer': 'packages/core/src/metadata/plain.ts',
  'reflect-metadata': 'packages/core/src/reflect.ts',
  rxjs: 'packages/orm/src/engine/runs/observable.ts',
};

function refuseAbove(folder, folders, where) {
  if (folder === undefined) return [];
  const above = folders.slice(folders.indexOf(folder) + 1);
  if (above.length === 0) return [];
  return [
    {
      regex: `^(?:\\.\\./)+(?:${above.join('|')})(?:/|\\.js$)`,
      message: `${where}/${folder} sits below ${above.join(', ')}`,
    },
  ];
}

function restricted(files, packageName, folder, { adapters: ignores = [], engineFolder } = {}) {
  const patterns = [
    packageRules[packageName],
    ...refuseAbove(folder, layers[packageName], packageName),
    ...refuseAbove(engineFolder, engineFolders, 'orm/engine'),
  ];
  const own = Object.entries(adapters).filter(([, file]) => ignores.includes(file));
  const paths = Object.entries(adapters)
    .filter(([name]) => !own.some(([ownName]) => ownName === name))
    .map(([name, file]) => ({
      name,
      message: `only ${file} imports values of ${name}`,
      allowTypeImports: true,
    }));
  return {
    files,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns, paths }] },
  };
}

const layerRules = Object.entries(layers).flatMap(([packageName, folders]) => [
  restricted([`packages/${packageName}/src/*.ts`], packageName),
  ...folders.map((folder) =>
    restricted(
      [`packages/${packageName}/src/${folder}/**/*.ts`, `packages/${packageName}/src/${folder}.ts`],
      packageName,
      folder,
    ),
  ),
]);

const engineRules = engineFolders.map((engineFolder) =>
  restricted([`packages/orm/src/engine/${engineFolder}/**/*.ts`], 'orm', 'engine', {
    engineFolder,
  }),
);

const adapterRules = Object.values(adapters).map((file) => {
  const [, packageName, , folder, engineFolder] = file.split('/');
  return restricted([file], packageName, folder.endsWith('.ts') ? undefined : folder, {
    adapters: [file],
    engineFolder: folder === 'engine' ? engineFolder : undefined,
  });
});

export default defineConfig(
  globalIgnores(['**/dist/**', '**/coverage/**']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', 'scripts/*.js', 'packages/sandbox/bin/*.js'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensionAlias: { '.js': ['.ts', '.js'] } })],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'import-x/no-cycle': 'error',
      'no-console': 'error',
    },
  },
  layerRules,
  engineRules,
  restricted(['packages/sandbox/src/**/*.ts'], 'sandbox'),
  adapterRules,
  { files: ['**/test/**/*.test.ts'], extends: [jest.configs['flat/recommended']] },
  {
    // What must not compile has no type that could be checked further.
    files: ['**/*.test-d.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
  {
    files: ['bench/**', 'examples/**', 'scripts/**', 'test/packages/consumer/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // CommonJS that is compiled: `import x = require()` is its only typed form.
    files: ['**/*.cts'],
    rules: { '@typescript-eslint/no-require-imports': ['error', { allowAsImport: true }] },
  },
  // Entities refer to each other through thunks, so a cycle between their files is harmless.
  { files: ['**/entities/**'], rules: { 'import-x/no-cycle': 'off' } },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  prettier,
);
