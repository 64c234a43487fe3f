/** A step from one version of the file to the next; forward only (T8). */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly up: string
}
