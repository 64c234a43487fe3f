import type { FastifyInstance } from 'fastify'
import { StartupError } from '../../kernel/startup-error.ts'

/** What went wrong and which option mends it, by the system's code. */
function sentenceFor(code: string | undefined, host: string, port: number): string | null {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is already taken by another program. Stop that program, or choose another port: --port ${port + 1} (or PARLEY_PORT=${port + 1}).`
    case 'EACCES':
      return `Port ${port} needs special rights on this machine. Choose one above 1023, for example --port 4000 (or PARLEY_PORT=4000).`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Choose another with --host, for example --host 127.0.0.1 (or PARLEY_HOST=127.0.0.1).`
    default:
      return null
  }
}

/** @throws StartupError in plain words when the address cannot be had */
export async function listenOn(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<void> {
  try {
    // Fastify would open a second server for the other meaning of "localhost", without live connections
    await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port })
  } catch (error) {
    const sentence = sentenceFor((error as NodeJS.ErrnoException).code, host, port)
    if (sentence === null) throw error
    throw new StartupError(sentence, { cause: error })
  }
}
