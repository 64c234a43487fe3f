import { describe, expect, test } from 'vitest'
import { email, newPassword } from './members/member.ts'
import { messageText } from './messages/message.ts'
import { contactNumber } from './organisations/organisation.ts'
import { signUpForm } from './organisations/routes.ts'
import { routes } from './routes.ts'
import { events } from './events.ts'
import type { RouteShape } from './kernel/route.ts'

describe('every route', () => {
  const all = Object.entries(routes) as [string, RouteShape][]

  test.each(all)('%s declares a permission (A3), and a reason if it is public', (_name, { permission }) => {
    if (permission.kind === 'public') expect(permission.why.length).toBeGreaterThan(10)
    else expect(permission.kind).toBe('signed-in')
  })

  test.each(all)('%s names its path parameters in its schema', (_name, { path, params }) => {
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name)
    expect(Object.keys(params?.shape ?? {}).sort()).toEqual(inPath.sort())
  })

  test('stands alone: no two share method and path', () => {
    const keys = all.map(([, { method, path }]) => `${method} ${path}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

test('no two events share a name', () => {
  const names = Object.values(events).map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

describe('an e-mail', () => {
  test('is trimmed and put in lower case', () => {
    expect(email.parse('  Amina@Quillhaven.EXAMPLE ')).toBe('amina@quillhaven.example')
  })
  test.each(['', 'amina', 'amina@', '@x.example', 'a b@x.example', 'amina@x', 'аmina@x.example'])(
    'is not %j',
    (value) => {
      expect(email.safeParse(value).success).toBe(false)
    },
  )
})

describe('text', () => {
  test('keeps line breaks and emoji, and loses the space around it', () => {
    expect(messageText.parse('  a\nb 👩‍👧  ')).toBe('a\nb 👩‍👧')
  })
  test.each(['', '   ', '\u0000', 'a\u0000b', 'x'.repeat(8_001)])(
    'is refused when empty, too long or with NUL',
    (value) => {
      expect(messageText.safeParse(value).success).toBe(false)
    },
  )
})

test('a short password is told how short it is', () => {
  const result = newPassword.safeParse('12345678')
  expect(result.error?.issues[0]?.message).toBe('At least 12 characters. This one has 8.')
})

test.each(['+351 900 000 142', '+1 (555) 010-9999'])('%s is a contact number', (value) => {
  expect(contactNumber.safeParse(value).success).toBe(true)
})

test.each(['0900 555 01', '+12', '+abc', ''])('%j is not a contact number', (value) => {
  expect(contactNumber.safeParse(value).success).toBe(false)
})

test('the sign-up form refuses unknown keys', () => {
  const form = signUpForm.safeParse({ admin: { role: 'admin' }, organisation: {}, extra: 1 })
  expect(form.error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true)
})
