import { useId, useState, type KeyboardEvent } from 'react'

/**
 * A list of options steered from a text field above it (the combobox pattern): the field keeps the focus, the arrow keys
 * move a mark through the list, Enter takes the marked one.
 * @param scrollTo brings an option into sight, where options out of sight do not exist
 */
export function useOptionList(
  count: number,
  take: (index: number) => void,
  scrollTo?: (index: number) => void,
) {
  const id = useId()
  const [wanted, setMarked] = useState(0)
  const marked = Math.min(wanted, Math.max(0, count - 1))
  const optionId = (index: number) => `${id}-${index}`

  function mark(index: number) {
    setMarked(index)
    if (scrollTo) scrollTo(index)
    else document.getElementById(optionId(index))?.scrollIntoView({ block: 'nearest' })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || count === 0) return
    const next = { ArrowDown: (marked + 1) % count, ArrowUp: (marked - 1 + count) % count }[event.key]
    if (next !== undefined) mark(next)
    else if (event.key === 'Enter') take(marked)
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
    listbox: { id, role: 'listbox', tabIndex: -1 } as const,
    option: (index: number) =>
      ({
        id: optionId(index),
        role: 'option',
        'aria-selected': index === marked,
        onPointerMove: () => setMarked(index),
        onClick: () => take(index),
      }) as const,
  }
}
