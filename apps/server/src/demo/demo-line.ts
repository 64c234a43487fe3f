import type { DemoFile } from './demo-files.ts'
import type { LineExtras } from './line-extras.ts'

/**
 * A line of a demo chat: who writes (`me` is the admin unless the chat says otherwise), on which day and at what time
 * ("-1 16:20" is yesterday), what, and with which files. A chat whose last line would still be to come happened a day earlier.
 */
export type DemoLine = readonly [
  who: 'me' | 'them',
  when: string,
  text: string,
  files?: readonly DemoFile[] | null,
  extras?: LineExtras,
]
