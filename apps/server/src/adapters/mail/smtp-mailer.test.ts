import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createSmtpMailer } from './smtp-mailer.ts'

interface Received {
  readonly from: string
  readonly to: string[]
  readonly text: string
}

let server: SMTPServer | null = null
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())))

/** A real mail server on loopback. */
async function startServer(refuse = false): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'me' && password === 'p@ss' ? done(null, { user: 'me' }) : done(new Error('no')),
    onRcptTo: (_address, _session, done) => done(refuse ? new Error('unknown here') : null),
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        received.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString(),
        })
        done(null)
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.server.once('listening', resolve))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://me:p%40ss@127.0.0.1:${port}`, received }
}

const mail = { to: 'bo@example.org', subject: 'Grüße ✈', text: 'Hello Bo,\nhere is your link.' }

describe('mail by SMTP', () => {
  it('reaches the mail server, signed in, from the sender to the one who is meant', async () => {
    const { url, received } = await startServer()
    await createSmtpMailer(url, 'Parley <parley@example.org>').send(mail)
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ from: 'parley@example.org', to: ['bo@example.org'] })
    expect(received[0]?.text).toContain('here is your link.')
  })
  it('goes to one address only, whatever is written in it', async () => {
    const { url, received } = await startServer()
    const sneaky = { ...mail, to: 'bo@example.org, eve@example.org' }
    await createSmtpMailer(url, 'parley@example.org')
      .send(sneaky)
      .catch(() => undefined)
    expect(received.flatMap(({ to }) => to)).not.toContain('eve@example.org')
  })
  it('cannot be given further headers through the subject', async () => {
    const { url, received } = await startServer()
    await createSmtpMailer(url, 'parley@example.org').send({ ...mail, subject: 'Hi\r\nBcc: eve@example.org' })
    expect(received[0]?.text).not.toMatch(/^Bcc:/m)
    expect(received[0]?.to).toEqual(['bo@example.org'])
  })
  it('says so when the mail server refuses or is away', async () => {
    const { url } = await startServer(true)
    await expect(createSmtpMailer(url, 'parley@example.org').send(mail)).rejects.toThrow()
    await expect(createSmtpMailer('smtp://127.0.0.1:1', 'parley@example.org').send(mail)).rejects.toThrow()
  })
})
