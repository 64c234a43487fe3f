import fastify from 'fastify'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * The yardstick for files: the same HTTP stack, and nothing else. What comes goes to the disk as it is and is flushed, and goes out again
 * from there. Takes the folder as its argument and prints its address.
 */
const file = join(process.argv[2] ?? '.', 'plain.bin')
const app = fastify({ bodyLimit: 2 ** 40 })
app.addContentTypeParser('*', (_request, _payload, done) => done(null))

app.put('/plain', async ({ raw }, reply) => {
  await pipeline(raw, createWriteStream(file))
  const handle = await open(file, 'r')
  await handle.sync().finally(() => handle.close())
  return reply.code(204).send()
})
app.get('/plain', async (_request, reply) => {
  const { size } = await stat(file)
  return reply.header('content-length', size).type('application/octet-stream').send(createReadStream(file))
})

process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)
process.stdin.on('data', () => {
  process.stdout.write(`${JSON.stringify({ rss: process.memoryUsage().rss, delayP99: 0 })}\n`)
})
process.stdin.on('end', () => process.exit(0))
