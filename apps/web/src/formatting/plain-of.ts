import { findLinks } from '../messages/find-links.ts'
import { parseFormatted } from './parse-formatted.ts'
import { plainText } from './plain-text.ts'

/** What a text says without its marks. */
export const plainOf = (text: string): string => plainText(parseFormatted(text, findLinks))
