import path from 'node:path'

/** Folder names that say nothing about what is inside. */
const SAYS_NOTHING = ['utils', 'helpers', 'common', 'lib', 'shared', 'manager']

/** @typedef {import('eslint').Rule.RuleModule} Rule */

/** @type {Rule} */
const meaningfulFolders = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program(node) {
      const folders = path.relative(context.cwd, context.filename).split(path.sep).slice(0, -1)
      const found = folders.find((folder) => SAYS_NOTHING.includes(folder))
      if (found) context.report({ node, message: `Name the folder "${found}" after what is in it.` })
    },
  }),
}

const handsOn = (/** @type {{ type: string, source?: unknown }} */ node) =>
  node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && Boolean(node.source))

/** @type {Rule} */
const noBarrels = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    ExportAllDeclaration(node) {
      context.report({
        node,
        message: 'Import from the file that declares it; `export *` hides where things live.',
      })
    },
    Program(node) {
      const named = path.basename(context.filename).startsWith('index.')
      const onlyHandsOn = node.body.length > 0 && node.body.every(handsOn)
      if (onlyHandsOn || (named && node.body.some(handsOn))) {
        context.report({
          node,
          message: 'A file that only hands on the exports of others is a barrel; remove it.',
        })
      }
    },
  }),
}

/** Habits of this project that no published rule checks. */
export const parley = { rules: { 'meaningful-folders': meaningfulFolders, 'no-barrels': noBarrels } }
