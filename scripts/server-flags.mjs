/**
 * With what Node.js runs the server. V8 lets the young generation of every thread grow to 128 MiB where there is memory: under load that is
 * most of what a server holds, and all of it garbage. Held to 32 MiB, as in Node.js 20, it takes as many messages with 200 MB less (`bench`).
 */
export const serverFlags = ['--max-semi-space-size=16']
