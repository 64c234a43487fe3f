interface DescribedError {
  readonly type: string
  readonly code?: string
  readonly message: string
  readonly stack?: string
  readonly cause?: DescribedError
}

const LONGEST = 300
const CAUSES_MAX = 3

/** Passages in which libraries repeat what they were given: quotations, objects, addresses, anything as long as a token. */
const REPEATED = /"[^"]*"|`[^`]*`|'[^']*\s[^']*'|\{.*\}|\S+@\S+|[A-Za-z0-9_+/=-]{22,}/gs

/** A message without what may have come from a person. Parsers' messages quote their input, so theirs are dropped whole. */
function safeMessage(error: Error): string {
  if (error.name === 'SyntaxError' || error.name === 'ZodError') return '(left out)'
  return error.message.slice(0, 2_000).replaceAll(REPEATED, '…').slice(0, LONGEST)
}

/** Where it happened, without the message that a stack begins with. */
function frames(stack: string | undefined): string | undefined {
  const lines = stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return lines?.length ? lines.slice(0, 15).join('\n') : undefined
}

/** An error as the log may hold it: enough to find the fault, nothing of what people wrote. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '(left out)' }
  const { code } = error as { code?: unknown }
  const stack = frames(error.stack)
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code).slice(0, 60) } : {}),
    message: safeMessage(error),
    ...(stack === undefined ? {} : { stack }),
    ...(error.cause === undefined || depth >= CAUSES_MAX
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  }
}
