import { useCallback, useEffect, useState } from 'react'
import { isMac } from './openers.ts'

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
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  return [finding, useCallback(() => setFinding((before) => !before), [])]
}
