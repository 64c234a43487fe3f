/** Characters of a message that travel in a push; what services take is 4096 bytes in all, encrypted. */
export const PUSH_TEXT_MAX = 300

/** More than these are told with the next push, or when Parley is opened. */
export const PUSH_READ_MAX = 10

/** Lines of the ledger that are kept of one member, for a month at most. */
export const PUSH_LEDGER_MAX = 100
