import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Server } from 'socket.io'

/**
 * The yardstick: a bare Socket.IO relay. No sign-in, no storage, no checks; an event comes in and goes out to one room. Run as a
 * process of its own; prints its address, and answers `figures` on its standard input with one line of JSON.
 */
const http = createServer()
const io = new Server(http, { path: '/api/socket', transports: ['websocket'], perMessageDeflate: false })

io.on('connection', (socket) => {
  void socket.join(String(socket.handshake.auth['member']))
  socket.on('message', (to: string, message: unknown, acknowledge?: () => void) => {
    io.to(to).emit('message', message)
    acknowledge?.()
  })
})

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')
  process.stdout.write(`http://127.0.0.1:${String(address.port)}\n`)
})
process.stdin.on('data', () => {
  process.stdout.write(
    `${JSON.stringify({ rss: process.memoryUsage().rss, delayP99: delay.percentile(99) / 1e6 })}\n`,
  )
  delay.reset()
})
process.stdin.on('end', () => process.exit(0))
