/**
 * With what Node.js runs the server. V8 lets the young generation of every thread grow to 128 MiB where there is memory, and the old one to
 * several times of what is in use: under load that is most of what a server holds, and all of it garbage. Held to 32 MiB, as in Node.js 20, and
 * to a fifth more than is in use, it takes as many messages, and a flood of them leaves it 20 to 60 MB larger in place of 120 to 150 (`bench`).
 */
export const serverFlags = ['--max-semi-space-size=16', '--heap-growing-percent=20']
