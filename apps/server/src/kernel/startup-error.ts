/** The server cannot start as it is set up. The message is for the operator: what is wrong, and how to mend it. */
export class StartupError extends Error {
  override readonly name = 'StartupError'
}
