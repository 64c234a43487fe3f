import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Connection } from './connection.ts'

/** Writes what is committed at this moment into a new file, durably; the source may be written to meanwhile. */
export function copyDatabase(source: Connection, target: string): void {
  // Made beforehand: readable by its owner alone, and never over something that is there.
  closeSync(openSync(target, 'wx', 0o600))
  try {
    source.exec(`VACUUM INTO '${target.replaceAll("'", "''")}'`)
    makeDurable(target)
  } catch (error) {
    rmSync(target, { force: true })
    throw error
  }
}

/** Returns when a file and its name are on the disk. */
export function makeDurable(file: string): void {
  syncPath(file)
  // Windows cannot open folders; NTFS keeps names in its journal.
  if (process.platform !== 'win32') syncPath(path.dirname(file))
}

function syncPath(place: string): void {
  const descriptor = openSync(place, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A name beside a file for what it was at a moment. */
export const asideName = (file: string, what: string, now: number): string =>
  `${file}.${what}.${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
