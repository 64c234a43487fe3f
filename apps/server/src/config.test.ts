import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configurationPage, helpText } from './config-text.ts'
import { options, switches } from './config-table.ts'
import type { ConfigOption } from './config-option.ts'
import { ConfigError, readConfig } from './config.ts'

function configOf(env: Record<string, string> = {}, argv: string[] = []) {
  const asked = readConfig(argv, env)
  if (asked.kind !== 'start') throw new Error('asked for something else')
  return asked.config
}

function faultOf(env: Record<string, string>, argv: string[] = []): string {
  try {
    readConfig(argv, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
  }
  throw new Error('this was accepted')
}

describe('configuration', () => {
  it('needs nothing to be set', () => {
    expect(configOf()).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      storage: 'sqlite',
      tls: null,
      mail: null,
    })
  })
  it('takes the command line before the environment', () => {
    expect(configOf({ PARLEY_PORT: '5000' }, ['--port', '6000', '--demo'])).toMatchObject({
      port: 6000,
      demo: true,
    })
  })
  it('takes an empty variable as not set', () => {
    expect(configOf({ PARLEY_PORT: '' }).port).toBe(4000)
  })
  it.each([
    ['PARLEY_PORT', '70000', 'is not a whole number from 0 to 65535'],
    ['PARLEY_PORT', 'abc', 'is not a whole number from 0 to 65535'],
    ['PARLEY_HOST', 'http://x', 'is not an address or a host name'],
    ['PARLEY_STORAGE', 'postgres://x', 'is neither sqlite nor a mongodb:// address'],
    ['PARLEY_PUBLIC_URL', 'chat.example.org', 'is not a http:// or https:// address'],
    ['PARLEY_PUBLIC_URL', 'https://example.org/chat', 'has a path'],
    ['PARLEY_TRUST_PROXY', 'maybe', 'is neither yes, nor no, nor a list of addresses'],
    ['PARLEY_SMTP_URL', 'mail.example.org', 'is not a smtp:// or smtps:// address'],
    ['PARLEY_METRICS_TOKEN', 'short', 'is shorter than 16 characters'],
    ['PARLEY_LOG_LEVEL', 'loud', 'is none of the levels'],
    ['PARLEY_SECRET', 'short', 'is shorter than 32 characters'],
    ['PARLEY_RATE_LIMITS', 'maybe', 'is neither on nor off'],
    ['NODE_ENV', 'staging', 'is none of production, development and test'],
  ])('names %s=%s, its fault and an example', (name, value, fault) => {
    const message = faultOf({ [name]: value })
    expect(message).toContain(name)
    expect(message).toContain(fault)
    expect(message).toContain(`For example: ${name}=`)
  })
  it('A13: never repeats a secret', () => {
    const secrets = {
      PARLEY_SECRET: 'hush-1',
      PARLEY_METRICS_TOKEN: 'hush-2',
      PARLEY_STORAGE: 'redis://me:hush-3@x',
    }
    expect(faultOf({ ...secrets, PARLEY_SMTP_URL: 'me:hush-4@mail' })).not.toContain('hush')
  })
  it('names every fault at once', () => {
    expect(faultOf({ PARLEY_PORT: 'x', PARLEY_LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2)
  })
  it('refuses options it does not know', () => {
    expect(faultOf({}, ['--prot', '1'])).toMatch(/--prot.*--help/)
    expect(faultOf({}, ['extra'])).toContain('extra')
  })
  it('A12: refuses plain HTTP that other machines can reach, and names the three ways out', () => {
    expect(faultOf({ PARLEY_HOST: '0.0.0.0' })).toMatch(/PARLEY_TLS_CERT.*PARLEY_TRUST_PROXY.*127\.0\.0\.1/)
    expect(configOf({ PARLEY_HOST: '0.0.0.0', PARLEY_TRUST_PROXY: '10.0.0.0/8, loopback' }).host).toBe(
      '0.0.0.0',
    )
    expect(configOf({ PARLEY_HOST: '0.0.0.0', NODE_ENV: 'development' }).host).toBe('0.0.0.0')
  })
  it('A10: lets rate limits be switched off for tests on loopback only', () => {
    const off = { PARLEY_RATE_LIMITS: 'off' }
    expect(configOf(off).rateLimits).toBe(false)
    expect(faultOf({ ...off, NODE_ENV: 'production' })).toContain('PARLEY_RATE_LIMITS')
    expect(faultOf({ ...off, PARLEY_TRUST_PROXY: 'loopback' })).toContain('PARLEY_RATE_LIMITS')
  })
  it('reads the certificate and key, and says which is missing or wrong', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
    const pem = join(folder, 'one.pem')
    writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n')
    writeFileSync(join(folder, 'no.pem'), 'no')
    const both = { PARLEY_TLS_CERT: pem, PARLEY_TLS_KEY: pem }
    expect(configOf(both).tls?.cert).toContain('BEGIN')
    expect(faultOf({ PARLEY_TLS_CERT: pem })).toContain('PARLEY_TLS_KEY is missing')
    expect(faultOf({ ...both, PARLEY_TLS_KEY: join(folder, 'none') })).toMatch(
      /PARLEY_TLS_KEY.*cannot be read/,
    )
    expect(faultOf({ ...both, PARLEY_TLS_CERT: join(folder, 'no.pem') })).toMatch(
      /PARLEY_TLS_CERT.*not a PEM file/,
    )
  })
  it('wants a sender for mail', () => {
    const PARLEY_SMTP_URL = 'smtp://localhost:25'
    expect(faultOf({ PARLEY_SMTP_URL })).toContain('PARLEY_MAIL_FROM is missing')
    expect(configOf({ PARLEY_SMTP_URL, PARLEY_MAIL_FROM: 'Parley <p@example.org>' }).mail?.url).toBe(
      PARLEY_SMTP_URL,
    )
  })
  it('lists every option in the help', () => {
    const help = helpText()
    for (const { env, flag } of Object.values<ConfigOption>(options)) {
      expect(help).toContain(env)
      if (flag !== undefined) expect(help).toContain(`--${flag}`)
    }
    for (const name of Object.keys(switches)) expect(help).toContain(`--${name}`)
    expect(readConfig(['--help'], { PARLEY_PORT: 'x' }).kind).toBe('help')
  })
  it('accepts every example it gives', () => {
    for (const { env, example, schema } of Object.values<ConfigOption>(options)) {
      expect(schema.safeParse(example).success, env).toBe(true)
    }
  })
  it('is documented in docs/configuration.md', async () => {
    await expect(configurationPage()).toMatchFileSnapshot('../../../docs/configuration.md')
  })
})
