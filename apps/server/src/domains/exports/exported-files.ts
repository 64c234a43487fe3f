import { cleanFileName } from '@parley/contracts/files/file-name'
import type { Message } from '@parley/contracts/messages/message'

/** Where a message's file is in the archive: told apart by the message's number, so that no two meet. */
export const filePathOf = ({ number, files }: Pick<Message, 'number' | 'files'>, position: number): string =>
  `files/${String(number)}-${String(position + 1)}-${cleanFileName(files?.[position]?.name ?? 'file')}`
