import type { ErrorCode } from '@parley/contracts/kernel/error-codes'
import { type DetailedError, Upload } from 'tus-js-client'
import type { CallFailed } from '../call-failed.ts'
import { callFailed, failedAs, failureIn, unreachable } from '../transport/route-call.ts'
import type { Carrying, CarryGiven } from './file-ports.ts'

/** So much is lost at the most when a connection breaks, and so often rights are asked for anew. */
const CHUNK = 8 * 1024 * 1024

/** What the server means where an answer has no words, as those to HEAD. */
const codeOf: Readonly<Record<number, ErrorCode>> = {
  401: 'not_signed_in',
  403: 'not_found',
  404: 'not_found',
  409: 'upload_conflict',
  410: 'not_found',
  413: 'too_large',
  423: 'upload_conflict',
  429: 'rate_limited',
  507: 'storage_full',
}

/** Carries bytes by tus: asks how far the server has got, and goes on from there. When to try again is the queue's business. */
export function carry({ path, bytes, headers, onProgress }: CarryGiven): Carrying {
  let stop = () => {}
  const done = new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes as Blob, {
      uploadUrl: path,
      headers: { ...headers },
      chunkSize: CHUNK,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onProgress: (sent) => onProgress(sent),
      onSuccess: () => resolve(),
      onError: (error) => reject(failed(error)),
    })
    stop = () => void upload.abort()
    upload.start()
  })
  return { done, stop }
}

/** @throws CallFailed */
export async function forget(path: string, headers: Readonly<Record<string, string>>): Promise<void> {
  await Upload.terminate(path, { headers: { ...headers }, retryDelays: null }).catch((error: unknown) => {
    throw failed(error)
  })
}

function failed(error: unknown): CallFailed {
  const answer = (error as Partial<DetailedError>).originalResponse
  if (!answer) return unreachable()
  const stated = failureIn(parsed(answer.getBody()))
  if (stated) return callFailed(stated)
  const code = codeOf[answer.getStatus()]
  return code ? failedAs(code) : unreachable()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
