/** Whether Escape was pressed and nothing has taken it: an open menu, dialog or field takes it for itself. */
export const isFreeEscape = ({
  key,
  defaultPrevented,
}: Pick<KeyboardEvent, 'key' | 'defaultPrevented'>): boolean =>
  key === 'Escape' && !defaultPrevented && !document.querySelector('[role="dialog"], [role="menu"]')
