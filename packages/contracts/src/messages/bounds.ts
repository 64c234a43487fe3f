/** UTF-16 units. */
export const MESSAGE_MAX_LENGTH = 8_000

/** So much of a message is shown above what answers it; in UTF-16 units. */
export const QUOTE_MAX_LENGTH = 160
/** So often one message is edited: what it said before is kept, and read whenever the search index takes it in. */
export const EDITS_MAX = 100

/** So many people one message mentions by name; more than that is everybody. */
export const MENTIONED_MAX = 50

/** Different emoji that one person may put to one message. */
export const REACTIONS_PER_PERSON_MAX = 8

/** So many starred messages are asked for at once. */
export const STARRED_PAGE_MAX = 50

/** So many messages of a chat stand above the others. */
export const PINS_MAX = 3

/** The address of a linked page, in UTF-16 units: longer ones get no preview. */
export const PREVIEW_URL_MAX = 2_048

/** The title and the description of a linked page, each; in UTF-16 units. */
export const PREVIEW_WORDS_MAX = 200

/** The picture of a linked page in base64: it rides along with its message. 6 kB are enough for a thumbnail. */
export const PREVIEW_PICTURE_MAX = 8_000
