import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { inRoot } from '../bootstrap/root.mjs'

/**
 * Loads a package that belongs to a workspace: only when it is needed, so that the scripts start without node_modules.
 * @param {string} workspace
 * @param {string} specifier
 * @returns {Promise<any>}
 */
export const fromWorkspace = (workspace, specifier) =>
  import(pathToFileURL(resolveIn(workspace, specifier)).href)

/**
 * @param {string} workspace
 * @param {string} specifier
 */
export const resolveIn = (workspace, specifier) =>
  createRequire(inRoot(workspace, 'package.json')).resolve(specifier)
