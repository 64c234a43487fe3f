import proxyAddr from '@fastify/proxy-addr'
import ipaddr from 'ipaddr.js'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { isLoopback } from './loopback.ts'

/** Whose X-Forwarded headers count: nobody's, whoever connects', or those of a comma-separated list of addresses and networks. */
export type TrustProxy = boolean | string

/** Whether what an address says of those behind it can be believed; `hop` is its distance, 0 for whoever connects. */
export type Trusts = (address: string, hop: number) => boolean

/** How a request or a live connection reached this server, as far as that can be believed. */
export interface Caller {
  /** An IP address; empty when the connection is gone already. */
  readonly address: string
  /** The host and port that were asked; empty when nothing was said. */
  readonly host: string
  readonly https: boolean
  /** A proxy of ours passed it on. */
  readonly proxied: boolean
  /** A program on this machine asks. A proxy here connects from loopback too, so none may stand between. */
  readonly here: boolean
}

/** @throws TypeError when an address cannot be read */
export function trustsOf(trustProxy: TrustProxy): Trusts {
  // whoever connects is the nearest proxy: of a chain of addresses only the one it wrote can be believed
  if (typeof trustProxy === 'boolean') return (_address, hop) => trustProxy && hop < 1
  return proxyAddr.compile(trustProxy.split(',').map((one) => one.trim()))
}

/** The one place that reads X-Forwarded headers, for HTTP and for live connections alike. */
export function callerOf(request: IncomingMessage, trusts: Trusts): Caller {
  const { headers, socket } = request
  const nearest = socket.remoteAddress ?? ''
  const forwarded = nearest !== '' && trusts(nearest, 0)
  const address = forwarded ? proxyAddr(request, trusts) : nearest
  const protocol = forwarded ? last(headers['x-forwarded-proto']) : undefined
  return {
    address: ipaddr.isValid(address) ? address : nearest,
    host: (forwarded ? last(headers['x-forwarded-host']) : undefined) ?? headers.host ?? '',
    https: protocol === undefined ? socket instanceof TLSSocket : protocol === 'https',
    proxied: protocol !== undefined,
    here: isLoopback(nearest) && !passedOn.some((name) => headers[name] !== undefined),
  }
}

/** What proxies write, whether they are believed or not. */
const passedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'] as const

/** Of what several proxies wrote, the nearest wrote the end. */
function last(header: string | string[] | undefined): string | undefined {
  const value = (Array.isArray(header) ? header.at(-1) : header)?.split(',').at(-1)?.trim()
  return value === '' ? undefined : value
}
