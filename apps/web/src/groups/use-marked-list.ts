import type { RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useOptionList } from '../controls/use-option-list.ts'

/**
 * A long list from which any number is chosen, steered from a text field above it as any list of options: of its rows only those in
 * sight exist, and Enter chooses the marked one or lets it go.
 */
export function useMarkedList(
  count: number,
  rows: RefObject<VirtualizerHandle | null>,
  toggle: (index: number) => void,
) {
  const scrollTo = (index: number) => rows.current?.scrollToIndex(index, { align: 'nearest' })
  const list = useOptionList(count, toggle, scrollTo)
  return {
    ...list,
    listbox: { ...list.listbox, 'aria-multiselectable': true } as const,
    option(index: number, chosen: boolean) {
      const { 'aria-selected': isMarked, ...option } = list.option(index)
      return {
        ...option,
        'aria-selected': chosen,
        'aria-setsize': count,
        'aria-posinset': index + 1,
        'data-marked': isMarked || undefined,
      }
    },
  }
}
