import type { Fetch } from '../platform/platform.ts'
import { type HttpAnswer, type HttpRequest, Unreachable } from './transport.ts'

const TIMEOUT = 20_000

/**
 * Requests over `fetch`. @throws Unreachable also when something between here and the server answered in its place (a proxy's
 * error page, a login page of a hotel)
 */
export function httpOver(fetch: Fetch, baseUrl: string, cookies: boolean) {
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const { method, path, headers, body } = request
    let status: number
    let text: string
    try {
      const given = body === undefined ? {} : { body }
      const answer = await fetch(baseUrl + path, { method, headers, cookies, timeout: TIMEOUT, ...given })
      status = answer.status
      text = await answer.text()
    } catch (error) {
      throw new Unreachable('no answer', { cause: error })
    }
    if (text === '') return { status, body: undefined }
    try {
      return { status, body: JSON.parse(text) as unknown }
    } catch (error) {
      throw new Unreachable('an answer that is not Parley', { cause: error })
    }
  }
}
