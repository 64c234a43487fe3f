/** One line of the table: what was measured, against which bar. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The bar as people read it, such as ">= 0.35"; null where a figure is only reported. */
  readonly bar: string | null
  readonly met: boolean | null
}

export interface Scenario {
  readonly name: string
  /** Run only when it is asked for by its name. */
  readonly optional?: true
  /** @param quick a shorter run that shows whether everything works, not how fast it is */
  run(options: { readonly quick: boolean; readonly mongodb: string | null }): Promise<Figure[]>
}

const round = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100)

export const report = (name: string, value: number, unit: string): Figure => ({
  name,
  value: round(value),
  unit,
  bar: null,
  met: null,
})

export const atLeast = (name: string, value: number, bar: number, unit: string): Figure => ({
  name,
  value: round(value),
  unit,
  bar: `>= ${String(bar)}`,
  met: value >= bar,
})

export const atMost = (name: string, value: number, bar: number, unit: string): Figure => ({
  name,
  value: round(value),
  unit,
  bar: `<= ${String(bar)}`,
  met: value <= bar,
})
