import { PREVIEW_WORDS_MAX } from '@parley/contracts/messages/bounds'
import { isVisible } from '@parley/contracts/kernel/written-text'

/** What changes the direction of text, takes no room, or stands for no letter. What joins letters and emoji stays. */
const DISGUISE =
  /[\p{Cs}\p{Bidi_Control}\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\u{e0000}-\u{e007f}]/gu

/** So much of what a page says is looked at. */
const LOOKED_AT = 4 * PREVIEW_WORDS_MAX

/** A line of what a stranger wrote, without controls and disguises, cut where it is too long; empty where nothing is to be seen. */
export function pageWords(given: string): string {
  const plain = given
    .slice(0, LOOKED_AT)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(DISGUISE, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
  if (!isVisible(plain)) return ''
  if (plain.length <= PREVIEW_WORDS_MAX) return plain
  const cut = plain.slice(0, PREVIEW_WORDS_MAX - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
