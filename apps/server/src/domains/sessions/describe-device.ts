import bowser from 'bowser'

/** A user agent as people would say it, such as "Chrome on Windows"; "Unknown device" when nothing shows. */
export function describeDevice(userAgent: string): string {
  if (userAgent.trim() === '') return 'Unknown device'
  const { browser, os } = bowser.parse(userAgent.slice(0, 512))
  // a program that is no browser usually begins with its own name
  const program = browser.name || userAgent.split(/[/ ]/)[0]?.slice(0, 40)
  return [program || 'Unknown program', os.name].filter(Boolean).join(' on ')
}
