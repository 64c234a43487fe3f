'use client'

import { useEffect } from 'react'

/** What lies over the page or beside it, and gives the focus back to where it was when it goes. */
const LAYER = '[role="menu"], [role="dialog"], .details'
const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]'

/** Whatever opens or closes just then may know better where the focus belongs. In milliseconds. */
const SOON = 40
/** What is being fetched may take the place of what went; after that the page itself has the focus. */
const LAST = 300

/** An element that had the focus, or one around it, and where it stood. */
interface Step {
  readonly element: Element
  readonly parent: Element | null
  readonly index: number
}

/** Nobody who works by keys loses their place: when what had the focus goes away, what took its place has it, or what is nearest. */
export function KeptFocus() {
  useEffect(keepFocus, [])
  return null
}

function keepFocus(): () => void {
  let byKeys = false
  const first = document.activeElement
  let path: readonly Step[] = first === document.body || !first ? [] : stepsFrom(first, null)
  let waiting = false
  /** What had the focus before the layer took it. */
  const behind = new WeakMap<Element, readonly Step[]>()

  const look = () => {
    if (waiting || !byKeys || !isLost(path)) return
    waiting = true
    setTimeout(() => {
      waiting = false
      if (byKeys && isLost(path) && !focusNear(path)) setTimeout(lookOnce, LAST)
    }, SOON)
  }
  const lookOnce = () => {
    const ofPage = path.some(({ element }) => element.id === '__next')
    if (byKeys && isLost(path) && !focusNear(path) && ofPage) document.getElementById('content')?.focus()
  }
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    const layer = target.closest(LAYER)
    // a dialog takes the focus of what goes from it; that is no place of its own
    if (layer === target && path[0]?.element.isConnected === false && isIn(layer, path)) {
      look()
      return
    }
    if (layer && !behind.has(layer)) behind.set(layer, path)
    path = [...stepsFrom(target, layer), ...((layer && behind.get(layer)) ?? [])]
  }
  const onKey = () => (byKeys = true)
  const onPointer = () => (byKeys = false)
  const watcher = new MutationObserver(look)
  watcher.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', onFocus)
  document.addEventListener('keydown', onKey, true)
  document.addEventListener('pointerdown', onPointer, true)
  return () => {
    watcher.disconnect()
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('keydown', onKey, true)
    document.removeEventListener('pointerdown', onPointer, true)
  }
}

/**
 * Nothing has the focus: what had it is gone, or hidden, or was moved about with the list that it stands in. In a dialog the dialog itself has
 * it then.
 */
function isLost(path: readonly Step[]): boolean {
  const [last] = path
  if (!last) return false
  const now = document.activeElement
  if (now === null || now === document.body) return true
  return !last.element.isConnected && isIn(now, path)
}

/** A dialog that the last one stood in. */
const isIn = (layer: Element, path: readonly Step[]): boolean =>
  layer.matches('[role="dialog"]') && path.some(({ element }) => element === layer)

/** From an element outwards, as far as the layer that it stands in: what lies around that is not what it came from. */
function stepsFrom(from: Element, layer: Element | null): Step[] {
  const steps: Step[] = []
  for (let element: Element | null = from; element && element !== document.body;) {
    const parent: Element | null = element === layer ? null : element.parentElement
    steps.push({ element, parent, index: parent ? [...parent.children].indexOf(element) : 0 })
    element = parent
  }
  return steps
}

/** @returns whether there is a place for it */
function focusNear(path: readonly Step[]): boolean {
  const like = path[0]?.element
  for (const { element, parent, index } of path) {
    if (element.isConnected) {
      if (element.matches(FOCUSABLE) && take(element)) return true
    } else if (parent?.isConnected) {
      if (around(parent, index).some((near) => takeWithin(near, like))) return true
    }
  }
  return false
}

/** What took its place, and what stands beside that. */
const around = ({ children }: Element, index: number): Element[] =>
  [index, index - 1, index + 1].flatMap((at) => children[Math.min(at, children.length - 1)] ?? [])

/** What in it is marked for the focus, or the first that can have it; the same kind of control before others, so that several of a list can go one after another. */
function takeWithin(place: Element, like: Element | undefined): boolean {
  const all = [place, ...place.querySelectorAll(FOCUSABLE)].filter((one) => one.matches(FOCUSABLE))
  const same = all.filter((one) => one.tagName === like?.tagName && one.className === like.className)
  // as the links of those just invited, before the button that closes
  const wanted = all.filter((one) => one.matches('[data-first]'))
  return [...wanted, ...same, ...all].some(take)
}

/** @returns whether it can have the focus: it may be hidden or barred */
function take(element: Element): boolean {
  if (!(element instanceof HTMLElement)) return false
  element.focus()
  return document.activeElement === element
}
