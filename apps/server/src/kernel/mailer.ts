export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/**
 * A name as it may stand in a mail to a stranger: on one line, and broken up where a mail program would make a link of it, so
 * that nobody sends advertisements as the name of their organisation.
 */
export const nameInMail = (name: string): string =>
  name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replace(/([.:/@])(?=\S)/gu, '$1 ')

/** Sends mail. @throws when the mail server does not take it */
export interface Mailer {
  send(mail: Mail): Promise<void>
}
