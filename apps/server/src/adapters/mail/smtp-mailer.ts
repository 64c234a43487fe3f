import { createTransport } from 'nodemailer'
import type { Mailer } from '../../kernel/mailer.ts'

const TIMEOUT = 10_000

/**
 * Mails by SMTP.
 * @param url `smtp://` or `smtps://`, with user and password if the server wants them
 * @param from the sender, with or without a name
 */
export function createSmtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: 3 * TIMEOUT,
    // nothing that people write may make us read files or call addresses
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text }) {
      // an object is one address; a text could hold several
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text })
    },
  }
}
