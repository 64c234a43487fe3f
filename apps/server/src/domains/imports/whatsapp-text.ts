/** What the text of a message says once WhatsApp's own marks are taken out of it. */
export interface SaidText {
  readonly text: string
  /** The name of a file that was exported with it. */
  readonly attachment: string | null
  /** There was a picture, a video or the like, which the export left out. */
  readonly omitted: boolean
  readonly edited: boolean
  readonly deleted: boolean
  /** No person wrote this. */
  readonly system: boolean
}

const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const NAME = String.raw`[^\\/:*?"<>|\r\n]{1,200}\.[A-Za-z0-9]{1,8}`
/** "<attached: 0001-PHOTO.jpg>" in whatever language. */
const IOS_FILE = new RegExp(String.raw`\u200e?<[^<>:\n]{2,40}:\s?(${NAME})>`)
/** "IMG-20251231-WA0001.jpg (file attached)" in whatever language. */
const ANDROID_FILE = new RegExp(String.raw`^\u200e?(${NAME}) \([^()\n]{3,60}\)(?:\n|$)`)
/** "<Media omitted>", "<Medien ausgeschlossen>". */
const ANDROID_OMITTED = /^<[^<>:\n]{3,60}>(?:\n|$)/
const IOS_OMITTED =
  /^(?:image|video|audio|sticker|GIF|document|Contact card|Bild|Video|Audio|Sticker|Dokument|imagen|imagem|imagine|documento|photo|vidéo)[^\n]{0,20} (?:omitted|weggelassen|omitid[oa]|ocultad[oa]|absente?|omess[oa]|utelämnad)$/i
const EDITED =
  /\u200e?<[^<>:\n]*(?:edited|bearbeitet|editad[oa]|editó|modifié|modificato|bewerkt|gewijzigd)[^<>:\n]*>$/i
/** The mark of an edit stands at the end and is no longer than this: to look for it in all of a long text would take its length squared. */
const EDITED_MAX = 100
const DELETED = [
  'This message was deleted',
  'You deleted this message',
  'This message was deleted by admin',
  'Diese Nachricht wurde gelöscht',
  'Du hast diese Nachricht gelöscht',
  'Se eliminó este mensaje',
  'Eliminaste este mensaje',
  'Mensagem apagada',
  'Esta mensagem foi apagada',
  'Você apagou esta mensagem',
  'Ce message a été supprimé',
  'Vous avez supprimé ce message',
  'Questo messaggio è stato eliminato',
  'Hai eliminato questo messaggio',
  'Dit bericht is verwijderd',
]
const isDeletedText = (text: string): boolean => DELETED.some((said) => text === said || text === `${said}.`)
/** Marked lines that are a person's all the same. */
const KEPT_MARKED =
  /^(?:POLL|UMFRAGE|ENCUESTA|ENQUETE|SONDAGE|Location|Standort|Missed|OPTION|.{0,20}\bcall\b)/i
/** Lines that WhatsApp writes in somebody's name. */
export const OF_WHATSAPP =
  /(?:end-to-end encrypted|Ende-zu-Ende-verschlüsselt|extremo a extremo|ponta a ponta|bout en bout|security code|Sicherheitsnummer)/i

/** @param marked as `readFirstLine` tells of its first line */
export function readText(whole: string, marked: boolean): SaidText {
  const nothing = { text: '', attachment: null, omitted: false, edited: false, deleted: false, system: false }
  const bare = whole.replace(MARKS, '').trim()
  if (isDeletedText(bare)) return { ...nothing, deleted: true }
  const { text, edited } = withoutEdited(whole.trimEnd())
  const ios = IOS_FILE.exec(text)
  if (ios?.[1]) return { ...nothing, edited, attachment: ios[1], text: cleaned(text.replace(ios[0], '')) }
  const android = ANDROID_FILE.exec(text)
  if (android?.[1])
    return { ...nothing, edited, attachment: android[1], text: cleaned(text.slice(android[0].length)) }
  const plain = text.replace(MARKS, '').trimStart()
  const left = ANDROID_OMITTED.exec(plain)
  if (left) return { ...nothing, edited, omitted: true, text: cleaned(plain.slice(left[0].length)) }
  if (IOS_OMITTED.test(plain.trim())) return { ...nothing, edited, omitted: true }
  if (OF_WHATSAPP.test(plain) && (marked || plain.length < 300)) return { ...nothing, system: true }
  if (marked && !KEPT_MARKED.test(plain)) return { ...nothing, system: true }
  return { ...nothing, edited, text: cleaned(text) }
}

function withoutEdited(whole: string): { readonly text: string; readonly edited: boolean } {
  const from = Math.max(0, whole.length - EDITED_MAX)
  const mark = EDITED.exec(whole.slice(from))
  return mark
    ? { text: whole.slice(0, from + mark.index).trimEnd(), edited: true }
    : { text: whole, edited: false }
}

/** As `paragraph` in the contracts takes it: no control characters, nothing around it. */
const cleaned = (text: string): string =>
  text
    .replace(/^\u200e/gm, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trim()
