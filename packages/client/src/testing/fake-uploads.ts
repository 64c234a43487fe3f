import type { File } from '@parley/contracts/files/file'
import type { Carrying, CarryGiven, FilePlace } from '../files/file-ports.ts'
import { memoryPlace } from '../files/memory-place.ts'
import { unreachable } from '../transport/route-call.ts'
import type { FakeServer } from './fake-server.ts'

interface Upload {
  readonly given: {
    readonly id: string
    readonly name: string
    readonly size: number
    readonly type: string
    readonly kind: File['kind']
  }
  offset: number
  finished: boolean
}

/** What a fake server has of files that are being sent to it. */
export class FakeUploads {
  readonly all = new Map<string, Upload>()
  /** Bytes that arrive before a connection breaks; null where none does. */
  cutAfter: number | null = null
  /** Where each carrying began. */
  readonly beganAt: number[] = []
  readonly forgotten: string[] = []
  /** While it returns a promise, nothing arrives. */
  hold: () => Promise<void> | null = () => null

  create(given: Upload['given']): object {
    const upload = this.all.get(given.id) ?? { given, offset: 0, finished: false }
    this.all.set(given.id, upload)
    const state = upload.finished ? 'finished' : 'uploading'
    return { id: given.id, size: given.size, offset: upload.offset, state, expiresAt: 0 }
  }

  /** What nobody has sent in its time is there no more. */
  expire(): void {
    this.all.clear()
  }

  finish(id: string): File | null {
    const upload = this.all.get(id)
    if (!upload || upload.offset < upload.given.size) return null
    upload.finished = true
    const { name, size, type, kind } = upload.given
    return { id, name, size, type, kind, preview: true }
  }

  carry = ({ path, bytes, onProgress }: CarryGiven): Carrying => {
    let stopped = false
    const arrive = async () => {
      await this.hold()
      const upload = this.all.get(path.split('/')[3] ?? '')
      if (stopped) return new Promise<void>(() => {})
      if (!upload) throw unreachable()
      this.beganAt.push(upload.offset)
      const to = Math.min(bytes.size, upload.offset + (this.cutAfter ?? bytes.size))
      upload.offset = to
      onProgress(to)
      if (to < bytes.size) throw unreachable()
    }
    return {
      done: arrive(),
      stop: () => {
        stopped = true
      },
    }
  }
}

const uploads = new WeakMap<FakeServer, FakeUploads>()

export function uploadsOf(server: FakeServer): FakeUploads {
  const found = uploads.get(server) ?? new FakeUploads()
  uploads.set(server, found)
  return found
}

/** A device's place for files, whose network is the fake server. */
export function fakePlace(server: FakeServer): FilePlace {
  const { carry, forgotten } = uploadsOf(server)
  return memoryPlace({ carry, forget: async (path) => void forgotten.push(path) })
}
