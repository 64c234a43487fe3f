import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ServerProcess, type ServerOptions } from './server-process.ts'

export interface Office {
  readonly server: ServerProcess
  /** The address of a page beside it. */
  readonly page: string
  stop(): Promise<void>
}

/** A server on which days are short, and a page that people link to. */
export async function openOffice(options: Pick<ServerOptions, 'storage'> = {}): Promise<Office> {
  const site = createServer((_request, answer) => {
    answer.setHeader('content-type', 'text/html').end('<title>Opening hours of the harbour</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  const server = await ServerProcess.start({ ...options, hurriedDays: true, previewsOf: origin })
  return {
    server,
    page: `${origin}/`,
    async stop() {
      site.close()
      await server.stop()
    },
  }
}
