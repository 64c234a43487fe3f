import type { MessageView } from '@parley/client/client-api'

/** Whether there is anything to pass on: of a message without words all files may be gone. */
export const isForwardable = ({ deleted, text, files }: MessageView): boolean =>
  !deleted && (text !== '' || files.some(({ gone }) => !gone))
