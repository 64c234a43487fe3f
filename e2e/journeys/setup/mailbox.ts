import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export interface Mailbox {
  /** For PARLEY_SMTP_URL. */
  readonly url: string
  /** Waits for the next letter to this address that holds a link, and gives the link. */
  link(to: string): Promise<string>
  close(): Promise<void>
}

interface Letter {
  readonly to: readonly string[]
  readonly text: string
}

/** A mail server that takes every letter and delivers none: as much of SMTP as a sender asks for. */
export async function openMailbox(): Promise<Mailbox> {
  const letters: Letter[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    converse(socket, (letter) => letters.push(letter))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The mailbox has no port.')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    async link(to) {
      for (let tries = 0; tries < 200; tries += 1) {
        const at = letters.findIndex((letter) => letter.to.includes(to.toLowerCase()))
        const [letter] = at < 0 ? [] : letters.splice(at, 1)
        const found = letter && /https?:\/\/[^\s"<>]+#[\w.-]+/.exec(letter.text)?.[0]
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`No letter with a link came for ${to}.`)
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function converse(socket: Socket, deliver: (letter: Letter) => void): void {
  let pending = ''
  let data: string[] | null = null
  let to: string[] = []
  const hear = (line: string) => {
    if (data) {
      if (line !== '.') return void data.push(line.replace(/^\./, ''))
      deliver({ to, text: readable(data.join('\r\n')) })
      data = null
      to = []
      return void socket.write('250 Taken\r\n')
    }
    const recipient = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1]
    if (recipient) to.push(recipient.toLowerCase())
    if (/^DATA/i.test(line)) data = []
    if (/^QUIT/i.test(line)) return void socket.end('221 Bye\r\n')
    socket.write(data ? '354 Go on\r\n' : '250 OK\r\n')
  }
  socket.on('data', (chunk) => {
    const lines = (pending + chunk.toString('latin1')).split('\r\n')
    pending = lines.pop() ?? ''
    lines.forEach(hear)
  })
  socket.write('220 Mailbox\r\n')
}

/** Undoes quoted-printable and base64 parts as far as links are concerned. */
function readable(raw: string): string {
  const plain = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  const encoded = raw.split(/\r\n\r\n/).filter((part) => /^[A-Za-z0-9+/=\r\n]+$/.test(part))
  return [plain, ...encoded.map((part) => Buffer.from(part, 'base64').toString())].join('\n')
}
