export interface Said {
  readonly id: number
  readonly text: string
  readonly bad: boolean
}
