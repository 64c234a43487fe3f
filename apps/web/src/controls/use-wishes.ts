import { useCallback, useRef, useState } from 'react'

/** The answer may come before the change that it is about: so long, in ms, what was wished is shown on, lest it jump back for a moment. */
const HEARD_WITHIN = 1_000

/**
 * Settings that are changed one by one. Each shows at once as it is wished and is kept in its turn, so that no control has to wait for
 * another: one that is barred meanwhile loses the focus. What is refused shows again as it holds.
 * @param held as the server has told of it
 * @param keep answers when the server has kept it or refused it
 * @returns what is to be shown, and what changes it
 */
export function useWishes<R extends object>(held: R, keep: (patch: Partial<R>) => Promise<void>) {
  const [wished, setWished] = useState<Partial<R>>({})
  const last = useRef<Promise<void>>(Promise.resolve())
  const change = useCallback(
    (patch: Partial<R>): Promise<void> => {
      setWished((before) => ({ ...before, ...patch }))
      last.current = last.current
        .then(() => keep(patch))
        .finally(() => setTimeout(() => setWished((before) => without(before, patch)), HEARD_WITHIN))
      return last.current
    },
    [keep],
  )
  return [{ ...held, ...wished }, change] as const
}

/** What was wished anew meanwhile stays. */
function without<R extends object>(wished: Partial<R>, patch: Partial<R>): Partial<R> {
  const left = Object.entries(wished).filter(([name, value]) => patch[name as keyof R] !== value)
  return Object.fromEntries(left) as Partial<R>
}
