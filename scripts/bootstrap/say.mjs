/** One calm line to the person. Progress goes to stderr so that a command's own output stays clean. */
export const say = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`)

/**
 * A fault the person can mend: printed without a stack trace.
 */
export class Refusal extends Error {}

/**
 * Runs a script's main function; a refusal becomes a plain sentence and exit code 1.
 * @param {() => Promise<number | void>} main resolves to the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    say(
      error instanceof Refusal
        ? error.message
        : `Unexpected: ${error instanceof Error ? error.stack : String(error)}`,
    )
    process.exitCode = 1
  }
}
