/** How far the files of a waiting message have got. */
export interface Transfer {
  readonly state: 'waiting' | 'sending' | 'paused' | 'complete'
  /** Bytes. */
  readonly sent: number
  readonly size: number
}
