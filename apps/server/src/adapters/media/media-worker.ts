import { fileTypeFromBuffer } from 'file-type'
import { parentPort } from 'node:worker_threads'

/** Sent by `media-thread.ts`. */
export interface MediaQuestion {
  readonly what: 'type' | 'pages'
  readonly bytes: Uint8Array
}
export type MediaAnswer = string | number | null

async function answer({ what, bytes }: MediaQuestion): Promise<MediaAnswer> {
  if (what === 'type') return (await fileTypeFromBuffer(bytes))?.mime ?? null
  const { getDocumentProxy } = await import('unpdf')
  const document = await getDocumentProxy(bytes, {
    disableFontFace: true,
    stopAtErrors: true,
    verbosity: 0,
  })
  const { numPages } = document
  await document.loadingTask.destroy()
  return numPages
}

parentPort?.on('message', (question: MediaQuestion) => {
  answer(question).then(
    (found) => parentPort?.postMessage(found),
    () => parentPort?.postMessage(null),
  )
})
