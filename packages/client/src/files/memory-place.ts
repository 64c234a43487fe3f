import { CallFailed } from '../call-failed.ts'
import type { Bytes, CopyOf, DeviceCopies, FilePlace, FilePorts, Shelf } from './file-ports.ts'

/** Where a program keeps no files: they wait in memory, and are neither sent nor fetched unless `network` says how. */
export function memoryPlace(network: Partial<Pick<FilePorts, 'carry' | 'forget' | 'fetch'>> = {}): FilePlace {
  const shelved = new Map<string, { bytes: Bytes; at: number }>()
  const copied = new Map<string, { copy: CopyOf; bytes: Bytes }>()
  const shelf: Shelf = {
    put: async (key, bytes) => void shelved.set(key, { bytes, at: Date.now() }),
    get: async (key) => shelved.get(key)?.bytes ?? null,
    drop: async (key) => void shelved.delete(key),
    all: async () => [...shelved].map(([key, { at }]) => ({ key, at })),
  }
  const nameOf = (copy: CopyOf) => `${copy.fileId} ${copy.variant}`
  const copies: DeviceCopies = {
    get: async (copy) => copied.get(nameOf(copy))?.bytes ?? null,
    put: async (copy, bytes) => void copied.set(nameOf(copy), { copy, bytes }),
    async keepOnly(wanted) {
      for (const [name, { copy }] of copied) if (!wanted(copy)) copied.delete(name)
    },
  }
  const ports: FilePorts = {
    shelf,
    copies,
    carry: () => ({ done: Promise.reject(cannot()), stop: () => {} }),
    forget: async () => {},
    fetch: () => Promise.reject(cannot()),
    ...network,
  }
  return {
    open: async () => ports,
    hasCopies: async () => copied.size > 0,
    async wipe({ outgoing }) {
      copied.clear()
      if (outgoing) shelved.clear()
    },
  }
}

const cannot = () => new CallFailed('unreachable', 'tell', 'Files cannot be sent from here.')
