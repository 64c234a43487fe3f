import { useId, useState, type KeyboardEvent, type RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'

/**
 * A long list from which any number is chosen, steered from a text field above it: the field keeps the focus, the arrow keys move
 * a mark through rows of which only those in sight exist, Enter chooses the marked one.
 */
export function useMarkedList(
  count: number,
  rows: RefObject<VirtualizerHandle | null>,
  toggle: (index: number) => void,
) {
  const id = useId()
  const [wanted, setMarked] = useState(0)
  const marked = Math.min(wanted, Math.max(0, count - 1))
  const optionId = (index: number) => `${id}-${index}`

  function mark(index: number) {
    rows.current?.scrollToIndex(index, { align: 'nearest' })
    setMarked(index)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || count === 0) return
    const next = { ArrowDown: (marked + 1) % count, ArrowUp: (marked - 1 + count) % count }[event.key]
    if (next !== undefined) mark(next)
    else if (event.key === 'Enter') toggle(marked)
    else return
    event.preventDefault()
  }
  return {
    markFirst: () => mark(0),
    field: {
      role: 'combobox',
      'aria-expanded': true,
      'aria-controls': id,
      'aria-autocomplete': 'list',
      'aria-activedescendant': count > 0 ? optionId(marked) : undefined,
      autoComplete: 'off',
      spellCheck: false,
      onKeyDown,
    } as const,
    listbox: { id, role: 'listbox', 'aria-multiselectable': true, tabIndex: -1 } as const,
    option: (index: number, chosen: boolean) =>
      ({
        id: optionId(index),
        role: 'option',
        'aria-selected': chosen,
        'aria-setsize': count,
        'aria-posinset': index + 1,
        'data-marked': index === marked || undefined,
        onPointerMove: () => setMarked(index),
        onClick: () => toggle(index),
      }) as const,
  }
}
