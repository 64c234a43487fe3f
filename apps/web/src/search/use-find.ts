import { useIsPhone } from '../controls/use-media.ts'
import { beginFinding } from './use-finding.ts'

/** Begins the search of the open chat from a pane beside it. @param close the pane, which covers the chat on a phone */
export function useFind(close: () => void): () => void {
  const covers = useIsPhone()
  return () => {
    if (covers) close()
    beginFinding()
  }
}
