import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

/** Somebody's web server, on this machine. */
export interface TestWebServer {
  readonly port: number
  /** `http://127.0.0.1:port` */
  readonly origin: string
  /** The paths that were asked for. */
  readonly asked: string[]
  stop(): Promise<void>
}

/** @param host what it listens on: all addresses of this machine where it is left out */
export async function startWebServer(answer: RequestListener, host?: string): Promise<TestWebServer> {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The web server has no port.')
  return {
    port: address.port,
    origin: `http://127.0.0.1:${String(address.port)}`,
    asked,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
