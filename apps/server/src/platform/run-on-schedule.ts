import type { Log } from './log/log.ts'

/** Work that comes again and again, and for which nobody waits. It remembers nothing between its runs but what is stored. */
export interface Job {
  readonly name: string
  /** Milliseconds from the end of one run to the beginning of the next. */
  readonly every: number
  /** @param isOver true once the server stops; what is left then waits for the next start */
  readonly run: (isOver: () => boolean) => Promise<void>
}

export interface Schedule {
  /** Runs a job at once, or once more after the run that is under way. */
  soon(name: string): void
  /** Resolves when nothing runs any more. Idempotent. */
  close(): Promise<void>
}

/** After a start there is more to do than this. */
const FIRST = 10_000

/** Runs jobs, none of them twice at once. One that fails is logged and comes again. */
export function runOnSchedule(jobs: readonly Job[], log: Log): Schedule {
  let over = false
  const runners = new Map(jobs.map((job) => [job.name, createRunner(job, log, () => over)]))
  return {
    soon: (name) => runners.get(name)?.soon(),
    async close() {
      over = true
      await Promise.all([...runners.values()].map((runner) => runner.close()))
    },
  }
}

function createRunner({ name, every, run }: Job, log: Log, isOver: () => boolean) {
  let running: Promise<void> | null = null
  let again = false
  let timer = waitFor(Math.min(every, FIRST))

  function waitFor(milliseconds: number): NodeJS.Timeout {
    return setTimeout(start, milliseconds).unref()
  }

  function start(): void {
    clearTimeout(timer)
    if (isOver()) return
    if (running) {
      again = true
      return
    }
    running = run(isOver)
      .catch((error: unknown) => log.warn({ error }, `the job "${name}" failed; it is tried again`))
      .finally(() => {
        running = null
        timer = waitFor(again ? 0 : every)
        again = false
      })
  }

  return {
    soon: start,
    async close() {
      clearTimeout(timer)
      await running
      clearTimeout(timer)
    },
  }
}
