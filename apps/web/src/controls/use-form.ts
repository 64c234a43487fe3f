import { CallFailed } from '@parley/client/client-api'
import { useCallback, useMemo, useState, type FormEvent, type FocusEvent } from 'react'
import type { z } from 'zod'
import { useText } from '../text/use-text.ts'
import { useFailureText } from './failure-text.ts'

/** Dotted paths to what was typed, such as `admin.email`. */
type Values = Record<string, unknown>
type Sentences = Readonly<Record<string, string>>

function nest(values: Values): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split('.')
    const last = keys.pop() ?? path
    let at = root
    for (const key of keys) at = (at[key] ??= {}) as Record<string, unknown>
    at[last] = value
  }
  return root
}

function sentencesOf(schema: z.ZodType, values: Values): Sentences {
  const result = schema.safeParse(nest(values))
  if (result.success) return {}
  const found: Record<string, string> = {}
  for (const issue of result.error.issues) found[issue.path.join('.')] ??= issue.message
  return found
}

export interface TextInput {
  readonly name: string
  readonly value: string
  readonly error: string | null
  readonly onChange: (event: { target: { value: string } }) => void
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void
}

export interface Form<V extends Values> {
  readonly values: V
  readonly busy: boolean
  /** What the whole form has to say: a summary of its fields, or the server's refusal. */
  readonly message: string | null
  readonly set: <K extends keyof V>(name: K, value: V[K]) => void
  readonly error: (name: keyof V) => string | null
  /** Value, change, blur and error of a text field. */
  readonly text: (name: keyof V & string) => TextInput
  readonly submit: (event: FormEvent) => void
}

/**
 * A form checked by the contract's own schema: each field from its first blur on, all of them at submit. Refusals of the
 * server land beside the field they speak of and stay until it is changed.
 */
export function useForm<V extends Values, S extends z.ZodType>(
  initial: V,
  schema: S,
  /** `reset` puts the form back to fresh values once it has done its work. */
  send: (checked: z.output<S>, reset: (values: V) => void) => Promise<void>,
): Form<V> {
  const t = useText()
  const failureText = useFailureText()
  const [values, setValues] = useState(initial)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Sentences>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const wrong = useMemo(() => sentencesOf(schema, values), [schema, values])

  const set = useCallback(<K extends keyof V>(name: K, value: V[K]) => {
    setValues((before) => ({ ...before, [name]: value }))
    setRefused((before) =>
      String(name) in before
        ? Object.fromEntries(Object.entries(before).filter(([key]) => key !== name))
        : before,
    )
    setRefusal(null)
  }, [])
  const error = (name: keyof V) => {
    const key = String(name)
    if (refused[key]) return refused[key]
    if (!tried && !left.has(key)) return null
    return wrong[key] ?? null
  }

  function reset(next: V) {
    setValues(next)
    setLeft(new Set())
    setTried(false)
    setRefused({})
  }

  async function run() {
    setTried(true)
    const checked = schema.safeParse(nest(values))
    if (!checked.success) return
    setBusy(true)
    setRefusal(null)
    try {
      await send(checked.data, reset)
    } catch (failure) {
      const fields = failure instanceof CallFailed ? onlyKnown(failure.fields, values) : {}
      setRefused(fields)
      if (Object.keys(fields).length === 0) setRefusal(failureText(failure))
    } finally {
      setBusy(false)
    }
  }

  const shown = Object.keys(values).filter((name) => error(name)).length
  return {
    values,
    busy,
    message: refusal ?? (tried && shown > 0 ? t('account.summary', { count: shown }) : null),
    set,
    error,
    text: (name) => ({
      name,
      value: String(values[name] ?? ''),
      error: error(name),
      onChange: (event) => set(name, event.target.value as V[typeof name]),
      // an error appearing now would move the button away from under the click that is about to check everything
      onBlur: ({ relatedTarget }) => {
        if (!isSubmit(relatedTarget)) setLeft((before) => new Set([...before, name]))
      },
    }),
    submit: (event) => {
      event.preventDefault()
      if (busy) return
      void run().then(() => focusFirstWrong(event.target))
    },
  }
}

const isSubmit = (target: EventTarget | null) =>
  target instanceof HTMLButtonElement && target.type === 'submit'

/** The server names fields by the whole body's paths; those that this form has not are told as a sentence instead. */
const onlyKnown = (fields: Sentences, values: Values): Sentences =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name in values))

function focusFirstWrong(form: EventTarget) {
  requestAnimationFrame(() => {
    if (form instanceof HTMLElement) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
}
