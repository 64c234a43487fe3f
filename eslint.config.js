import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { parley } from './scripts/check/eslint-rules.mjs'

const typescript = '**/*.{ts,tsx,mts}'
const tests = ['**/*.test.{ts,tsx,mjs}', 'e2e/**']
/** Where a framework demands a default export. */
const frameworkFiles = [
  'apps/web/src/pages/**/*.tsx',
  '**/*.config.{ts,js,mjs,mts}',
  '**/*.d.{ts,mts}',
  '.dependency-cruiser.js',
]

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/.next/',
    '**/out/',
    '**/dist/',
    '.cache/',
    '**/next-env.d.ts',
    'apps/web/public/',
    'e2e/test-results/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,mjs,ts,tsx,mts}'],
    plugins: { parley },
    rules: {
      'parley/meaningful-folders': 'error',
      'parley/no-barrels': 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 80 }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export by name: the same thing has one name everywhere.',
        },
      ],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: [typescript],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A number in a sentence is no accident.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Ports promise promises; an adapter that needs no await still keeps the promise.
      '@typescript-eslint/require-await': 'off',
      // `type` and `interface` both have their place.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    // These belong to a tsconfig of their own, which the project service does not look for.
    files: ['packages/client/src/**/*.test.ts', 'packages/client/src/**/*.browser.ts'],
    languageOptions: {
      parserOptions: { projectService: false, project: './packages/client/tsconfig.test.json' },
    },
  },
  {
    files: ['{apps/web,packages/react}/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
  },
  {
    files: tests,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: frameworkFiles, rules: { 'no-restricted-syntax': 'off' } },
)
