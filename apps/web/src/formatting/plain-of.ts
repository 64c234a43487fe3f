import { findLinks } from '@parley/contracts/messages/find-links'
import { parseFormatted } from './parse-formatted.ts'
import { plainText } from './plain-text.ts'

/** What a text says without its marks. */
export const plainOf = (text: string): string => plainText(parseFormatted(text, findLinks))
