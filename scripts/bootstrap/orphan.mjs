/**
 * Calls back once when npm, which started us, is gone. On a signal npm ends only the shell between itself and us, and the
 * shell hands nothing on: without this, `npm start` ended by a service manager would leave the server running.
 * @param {() => void} orphaned
 * @returns {() => void} stops watching
 */
export function onOrphaned(orphaned) {
  // Started without npm, a new parent means nothing: a server sent to the background outlives its terminal.
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    orphaned()
  }, 250)
  return () => clearInterval(timer)
}
