import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StartupError } from '../kernel/startup-error.ts'
import { openDataFolder, readOrMakeSecret } from './secret-file.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'parley-secret-'))

describe('the secret of an installation', () => {
  it('A13: is made once, for its owner alone, and stays the same', async () => {
    const data = join(folder(), 'deep', 'data')
    await openDataFolder(data)
    const [one, two] = await Promise.all([readOrMakeSecret(data), readOrMakeSecret(data)])
    expect(one.length).toBeGreaterThanOrEqual(32)
    expect(Buffer.from(two)).toEqual(Buffer.from(one))
    expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
  })
  it('A13: is closed to others again when somebody opened it', async () => {
    const data = folder()
    await readOrMakeSecret(data)
    chmodSync(join(data, 'secret'), 0o644)
    await readOrMakeSecret(data)
    expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
  })
  it('is never made anew behind the back of the operator', async () => {
    const data = folder()
    writeFileSync(join(data, 'secret'), 'short')
    await expect(readOrMakeSecret(data)).rejects.toThrow(StartupError)
  })
  it('says by what option to change a data folder that cannot be written', async () => {
    const file = join(folder(), 'file')
    writeFileSync(file, '')
    await expect(openDataFolder(join(file, 'data'))).rejects.toThrow(/cannot be written.*--data.*PARLEY_DATA/)
  })
})
