const LINK = /(?:https?:\/\/|www\.)[^\s<>"]/i

/** Whether a text holds the address of a page. */
export const hasLink = (text: string): boolean => LINK.test(text)
