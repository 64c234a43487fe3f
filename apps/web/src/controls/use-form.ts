import { CallFailed } from '@parley/client/call-failed'
import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type FormEvent,
  type FocusEvent,
  type RefObject,
} from 'react'
import * as z from 'zod/mini'
import { useText, type Text } from '../text/use-text.ts'
import { useFailureText } from './failure-text.ts'
import '../text/words/account.ts'

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

function sentencesOf(schema: z.core.$ZodType, values: Values, empty: string): Sentences {
  const result = z.safeParse(schema, nest(values))
  if (result.success) return {}
  const found: Record<string, string> = {}
  for (const issue of result.error.issues) {
    const path = issue.path.join('.')
    // Of an empty field nothing else is worth saying.
    found[path] ??= values[path] === '' ? empty : issue.message
  }
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
export function useForm<V extends Values, S extends z.core.$ZodType>(
  initial: V,
  schema: S,
  /** `reset` puts the form back to fresh values once it has done its work. */
  send: (checked: z.output<S>, reset: (values: V) => void) => Promise<void>,
  /** Finds what no schema can: asked when a field is left and before sending. */
  judge: ((values: V) => Promise<Sentences>) | null = null,
): Form<V> {
  const t = useText()
  const failureText = useFailureText()
  const { values, latest, put } = useValues(initial)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refusal, setRefusal] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const { refused, setRefused, pardon, judged } = useRefused(latest, judge)
  const wrong = useWrong(schema, values)

  function set<K extends keyof V>(name: K, value: V[K]) {
    put({ ...latest.current, [name]: value })
    pardon(String(name))
    setRefusal(null)
  }
  const error = (name: keyof V) => {
    const key = String(name)
    const seen = tried || left.has(key)
    return (seen ? wrong[key] : null) ?? refused[key] ?? null
  }

  function reset(next: V) {
    put(next)
    setLeft(new Set())
    setTried(false)
    setRefused({})
  }

  async function run() {
    setTried(true)
    setBusy(true)
    setRefusal(null)
    try {
      const checked = z.safeParse(schema, nest(values))
      const passed = await judged(Object.keys(values))
      if (!checked.success || !passed) return
      await send(checked.data, reset)
    } catch (failure) {
      const fields = failure instanceof CallFailed ? onlyKnown(sentencesFrom(failure, t), values) : {}
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
        if (isSubmit(relatedTarget)) return
        setLeft((before) => new Set([...before, name]))
        void judged([name])
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

/** The values as shown, and as they are now for whoever has waited for something. */
function useValues<V extends Values>(initial: V) {
  const [values, setValues] = useState(initial)
  const latest = useRef(values)
  const put = (next: V) => {
    latest.current = next
    setValues(next)
  }
  return { values, latest, put }
}

/** What the schema has against the values. */
function useWrong(schema: z.core.$ZodType, values: Values): Sentences {
  const empty = useText()('account.required')
  return useMemo(() => sentencesOf(schema, values, empty), [schema, values, empty])
}

/** What was found wrong by others than the schema: the judge or the server. It stays until the field is changed. */
function useRefused<V extends Values>(
  latest: RefObject<V>,
  judge: ((values: V) => Promise<Sentences>) | null,
) {
  const [refused, setRefused] = useState<Sentences>({})
  const pardon = useCallback((name: string) => {
    setRefused((before) =>
      name in before ? Object.fromEntries(Object.entries(before).filter(([key]) => key !== name)) : before,
    )
  }, [])
  /** Whether the judge has nothing against these fields; an answer about what has been changed since is too late. */
  async function judged(names: readonly string[]): Promise<boolean> {
    const asked = latest.current
    const found = Object.entries((await judge?.(asked)) ?? {}).filter(
      ([name]) => names.includes(name) && latest.current[name] === asked[name],
    )
    if (found.length > 0) setRefused((before) => ({ ...before, ...Object.fromEntries(found) }))
    return found.length === 0
  }
  return { refused, setRefused, pardon, judged }
}

/** One wording for one thing: an easily guessed password reads the same whoever finds it out. */
function sentencesFrom(failure: CallFailed, t: Text): Sentences {
  if (failure.code !== 'weak_password') return failure.fields
  const sentence = `${t('password.weak')} ${t('password.advice')}`
  return Object.fromEntries(Object.keys(failure.fields).map((name) => [name, sentence]))
}

/** The server names fields by the whole body's paths; those that this form has not are told as a sentence instead. */
const onlyKnown = (fields: Sentences, values: Values): Sentences =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name in values))

function focusFirstWrong(form: EventTarget) {
  requestAnimationFrame(() => {
    if (form instanceof HTMLElement) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
}
