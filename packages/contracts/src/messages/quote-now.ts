import type { Quote } from './message.ts'

/** What is left of a quote when what it shows is gone: whose it was, and its place. */
export const emptiedQuote = ({ id, number, senderId, author }: Quote): Quote => ({
  id,
  number,
  senderId,
  ...(author !== undefined && { author }),
  kind: 'deleted',
  text: '',
})

/** Whether a quote shows a message whose time has come, which nobody has emptied yet. */
export const isQuoteOver = (quote: Quote | undefined | null, now: number): boolean =>
  quote?.expiresAt !== undefined && quote.expiresAt <= now
