export type Theme = 'system' | 'light' | 'dark'

const THEME_KEY = 'parley.theme'
export const LIST_WIDTH_KEY = 'parley.list-width'
export const LIST_WIDTH = { least: 280, usual: 336, most: 420 } as const

/** Runs in <head> before anything is painted, so that neither the theme nor the list's width jumps. */
export const beforePaintScript = `(function(){var d=document.documentElement,t,w;try{t=localStorage.getItem('${THEME_KEY}');w=+localStorage.getItem('${LIST_WIDTH_KEY}')}catch(e){}
d.dataset.theme=t==='light'||t==='dark'?t:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light';
if(w>=${LIST_WIDTH.least}&&w<=${LIST_WIDTH.most})d.style.setProperty('--size-list',w+'px')})()`

const darkWanted = () => matchMedia('(prefers-color-scheme: dark)')

/** localStorage throws where the browser refuses storage; a choice then lasts as long as the page. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Nothing to do: the choice holds until the page is closed.
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

let chosen: Theme | null = null
const listeners = new Set<() => void>()

export function currentTheme(): Theme {
  if (chosen === null) {
    const kept = recall(THEME_KEY)
    chosen = kept === 'light' || kept === 'dark' ? kept : 'system'
  }
  return chosen
}

function paint(): void {
  const theme = currentTheme()
  document.documentElement.dataset['theme'] =
    theme === 'system' ? (darkWanted().matches ? 'dark' : 'light') : theme
}

export function chooseTheme(theme: Theme): void {
  chosen = theme
  remember(THEME_KEY, theme === 'system' ? null : theme)
  paint()
  for (const listener of listeners) listener()
}

/** Follows the system while nothing is fixed, and other tabs of this browser. */
export function watchTheme(listener: () => void): () => void {
  listeners.add(listener)
  const onStorage = (event: StorageEvent) => {
    if (event.key !== THEME_KEY) return
    chosen = null
    paint()
    listener()
  }
  const media = darkWanted()
  media.addEventListener('change', paint)
  addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    media.removeEventListener('change', paint)
    removeEventListener('storage', onStorage)
  }
}
