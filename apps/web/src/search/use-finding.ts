import { useCallback, useEffect, useState } from 'react'
import { isMac } from './openers.ts'

const BEGIN = 'find-in-chat'

/** Begins the search of the open chat, from elsewhere on the page. */
export const beginFinding = () => dispatchEvent(new Event(BEGIN))

/**
 * Whether the open chat is being searched. Ctrl/Cmd F begins it; pressed once more within it, the browser's own search opens as
 * everywhere.
 */
export function useFinding(): [boolean, () => void] {
  const [finding, setFinding] = useState(false)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const asked = (isMac() ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey
      if (!asked || event.key.toLowerCase() !== 'f' || document.querySelector('[role="dialog"]')) return
      const field = document.querySelector<HTMLInputElement>('.found-bar input')
      if (field && field === document.activeElement) return
      event.preventDefault()
      field?.select()
      setFinding(true)
    }
    const onBegin = () => {
      setFinding(true)
      document.querySelector<HTMLInputElement>('.found-bar input')?.focus()
    }
    addEventListener('keydown', onKeyDown)
    addEventListener(BEGIN, onBegin)
    return () => {
      removeEventListener('keydown', onKeyDown)
      removeEventListener(BEGIN, onBegin)
    }
  }, [])
  return [finding, useCallback(() => setFinding((before) => !before), [])]
}
