import { expect, test } from 'vitest'
import { createArgon2Passwords } from './argon2-passwords.ts'

const passwords = createArgon2Passwords({ memoryCost: 1024, timeCost: 1 })

test('A1: a password is kept as argon2id, and only it matches', async () => {
  const hash = await passwords.hash('lantern quill harbour')
  expect(hash).toMatch(/^\$argon2id\$/)
  expect(await passwords.matches(hash, 'lantern quill harbour')).toBe(true)
  expect(await passwords.matches(hash, 'lantern quill harbor')).toBe(false)
})

test.each(['', 'not a hash'])('nothing matches %j', async (hash) => {
  expect(await passwords.matches(hash, 'anything at all')).toBe(false)
})

test.each(['password1234', 'aaaaaaaaaaaaaa', 'Quillhaven Travel', 'qwertyuiopas', 'aminaaminaamina'])(
  '%s is refused, with a sentence that helps',
  async (password) => {
    const judged = passwords.refuseWeak(password, 'admin.password', [
      'Amina',
      'amina@quillhaven.example',
      'Quillhaven Travel',
    ])
    await expect(judged).rejects.toMatchObject({
      code: 'weak_password',
      fields: { 'admin.password': expect.stringMatching(/^Too easy to guess\. .+/) as string },
    })
  },
)

test('several passwords at once are each judged for themselves', async () => {
  const judged = await Promise.allSettled(
    ['correct horse battery quill', 'password1234', 'harbour lantern 91 mill'].map((password) =>
      passwords.refuseWeak(password, 'password', []),
    ),
  )
  expect(judged.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
