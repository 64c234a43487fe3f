import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  observeRequest(route: string, method: string, status: number, milliseconds: number): void
  observeCommit(size: number, milliseconds: number): void
  /** In the text format of Prometheus. */
  text(): Promise<string>
}

/** What is read at each scrape instead of being told, so that hot paths pay nothing. */
export interface MetricsSources {
  connections(): number
  inFlight(): number
  events(): Iterable<{ readonly name: string; readonly answered: number; readonly refused: number }>
  unknownEvents(): number
  cutOff(): number
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Figures of this process for Prometheus, with those of Node.js itself (event loop, memory, processor). */
export function createMetrics(sources: MetricsSources): Metrics {
  const registers = [new Registry()] as const
  collectDefaultMetrics({ register: registers[0] })
  const requests = new Histogram({
    name: 'parley_http_request_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers: [...registers],
  })
  const commits = new Histogram({
    name: 'parley_commit_seconds',
    help: 'Time a commit took until it was durable.',
    buckets: SECONDS,
    registers: [...registers],
  })
  const sizes = new Histogram({
    name: 'parley_commit_transactions',
    help: 'Transactions that shared one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers: [...registers],
  })
  addReadAtScrape(registers[0], sources)
  return {
    observeRequest: (route, method, status, milliseconds) =>
      requests.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, milliseconds / 1000),
    observeCommit(size, milliseconds) {
      sizes.observe(size)
      commits.observe(milliseconds / 1000)
    },
    text: () => registers[0].metrics(),
  }
}

function addReadAtScrape(registry: Registry, sources: MetricsSources): void {
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('parley_connections', 'Live connections.', () => sources.connections())
  gauge('parley_writes_in_flight', 'Writes that were let in and are not durable yet.', () =>
    sources.inFlight(),
  )
  new Counter({
    name: 'parley_events_total',
    help: 'Live events by name and outcome.',
    labelNames: ['event', 'outcome'],
    registers,
    collect() {
      this.reset()
      for (const { name, answered, refused } of sources.events()) {
        this.inc({ event: name, outcome: 'answered' }, answered)
        this.inc({ event: name, outcome: 'refused' }, refused)
      }
      this.inc({ event: 'unknown', outcome: 'refused' }, sources.unknownEvents())
    },
  })
  new Counter({
    name: 'parley_connections_cut_off_total',
    help: 'Connections closed because they sent too much, or what cannot be read.',
    registers,
    collect() {
      this.reset()
      this.inc(sources.cutOff())
    },
  })
}
