import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** A proxy before a server, as nginx would be: through it the product can be "updated" without building it twice. */
export class Front {
  /** Behind the service worker's program: another one to browsers. */
  version = ''
  readonly #to: URL
  readonly #sockets = new Set<Duplex>()
  readonly #server = createServer((request, response) => this.#pass(request, response))

  private constructor(to: string) {
    this.#to = new URL(to)
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.#upgrade(request, socket, head),
    )
  }

  static async before(base: string): Promise<Front> {
    const front = new Front(base)
    front.#server.listen(0, '127.0.0.1')
    await once(front.#server, 'listening')
    return front
  }

  get base(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The front has no port.')
    return `http://127.0.0.1:${String(address.port)}`
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const isWorker = request.url === '/sw.js'
    const headers = { ...request.headers, ...(isWorker ? { 'accept-encoding': 'identity' } : {}) }
    if (isWorker) {
      delete headers['if-none-match']
      delete headers['if-modified-since']
    }
    const { hostname, port } = this.#to
    const onward = ask({ hostname, port, path: request.url, method: request.method, headers }, (answer) => {
      const given = { ...answer.headers }
      if (isWorker) delete given['content-length']
      response.writeHead(answer.statusCode ?? 502, given)
      answer.on('data', (chunk) => response.write(chunk))
      answer.on('end', () => response.end(isWorker ? this.version : undefined))
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const onward = connect(Number(this.#to.port), this.#to.hostname, () => {
      const lines = request.rawHeaders.reduce(
        (text, one, index) => text + (index % 2 === 0 ? `${one}: ` : `${one}\r\n`),
        '',
      )
      onward.write(`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1\r\n${lines}\r\n`)
      onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    for (const one of [socket, onward]) {
      this.#sockets.add(one)
      one.on('error', () => one.destroy()).on('close', () => this.#sockets.delete(one))
    }
  }
}
