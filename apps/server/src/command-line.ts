import { parseArgs } from 'node:util'
import { StartupError } from './kernel/startup-error.ts'

export type Say = (line: string) => void

/** The command line cannot be understood; ends the program with code 2. */
export class UsageError extends Error {}

/** What commands about the data folder are given. @throws UsageError */
export function readCommandLine(argv: readonly string[]) {
  try {
    const known = { data: { type: 'string' }, help: { type: 'boolean' } } as const
    return parseArgs({ args: [...argv], options: known, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.')
  }
}

/**
 * Says in a sentence why a command did not work.
 * @param help how it is used
 * @returns the exit code
 * @throws what is a fault of the program
 */
export function sayWhyNot(error: unknown, help: string, say: Say): number {
  if (error instanceof UsageError) {
    say(`${error.message}\n\n${help}`)
    return 2
  }
  if (error instanceof StartupError) say(error.message)
  else if (error instanceof Error && 'code' in error) say(`This did not work: ${error.message}.`)
  else throw error
  return 1
}
