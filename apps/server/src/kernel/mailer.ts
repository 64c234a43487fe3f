export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/** Sends mail. @throws when the mail server does not take it */
export interface Mailer {
  send(mail: Mail): Promise<void>
}
