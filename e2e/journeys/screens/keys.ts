import { expect, type Page } from '@playwright/test'

/** Presses a key until this has the focus. */
export async function reach(page: Page, name: string | RegExp, key = 'Tab', most = 40): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(key)
    const label = await page.evaluate(() => {
      const here = document.activeElement
      const labels = here instanceof HTMLInputElement ? here.labels : null
      return here?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? here?.textContent ?? ''
    })
    if (typeof name === 'string' ? label === name : name.test(label)) return
  }
  throw new Error(`${key} does not lead to ${String(name)}.`)
}

/** What has the focus can be told from what has not. */
export async function expectFocusShows(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const rings = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    }
    const bubble = document.activeElement?.querySelector(':scope > * > .bubble')
    if (bubble) return rings(bubble)
    for (let at = document.activeElement; at && !at.matches('form, main, aside, nav'); at = at.parentElement)
      if (rings(at)) return true
    return false
  })
  const what = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160))
  expect(shown, `focus shows on ${what ?? 'nothing'}`).toBe(true)
}

/** Down to an item of the open menu, and takes it. */
export async function walkTo(page: Page, name: string): Promise<void> {
  // the row of emoji is above the first
  const items = page.locator('[role="menu"] > [role="menuitem"]')
  const names = await items.evaluateAll((all) =>
    all.map((one) => one.querySelector('kbd')?.previousSibling?.textContent ?? one.textContent),
  )
  for (let at = 1; at <= names.indexOf(name); at += 1) {
    await page.keyboard.press('ArrowDown')
    await expect(items.nth(at)).toBeFocused()
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeHidden()
}
