import type { ParleyClient } from '@parley/client/client-api'
import { previewClient } from '../../preview/preview-client.ts'

export function openClient(): ParleyClient {
  return previewClient()
}
