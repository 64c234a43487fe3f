import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import type { ConfigOption } from './config-option.ts'
import { options, switches } from './config-table.ts'
import { StartupError } from './kernel/startup-error.ts'
import { isLoopback } from './platform/http/loopback.ts'

/** The environment or the command line is not right; ends the program with code 2. */
export class ConfigError extends StartupError {}

type Options = typeof options
type Values = { [K in keyof Options]: z.output<Options[K]['schema']> }

export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly data: string
  /** `sqlite` or a MongoDB address, which is a secret. */
  readonly storage: string
  readonly publicUrl: URL | null
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  readonly trustProxy: boolean | string
  readonly mail: { readonly url: string; readonly from: string } | null
  /** null where it is switched off. */
  readonly push: {
    /** null where the data folder has them. */
    readonly keys: string | null
    readonly subject: string
    readonly allowed: readonly string[]
  } | null
  /** Origins of which previews are fetched although they are not public. */
  readonly previewAllow: readonly string[]
  readonly metricsToken: string | null
  readonly logLevel: Values['logLevel']
  readonly secret: string | null
  /** The folder of the files; null for one in the data folder. */
  readonly filesFolder: string | null
  readonly masterKey: Uint8Array | null
  readonly previousMasterKey: Uint8Array | null
  /** Of all organisations; null for what their admins set. */
  readonly fileLimits: { readonly maxBytes: number | null; readonly quotaBytes: number | null }
  readonly rateLimits: boolean
  readonly environment: Values['environment']
  /** Fill a demo organisation. */
  readonly demo: boolean
}

export type Asked =
  | { readonly kind: 'start'; readonly config: Config }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/**
 * What the command line and the environment ask for; the command line wins. An empty variable counts as not set.
 * @throws ConfigError which names the variable, what is wrong with its value, and an example
 */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Asked {
  const given = readArguments(argv)
  if (given['help'] === true) return { kind: 'help' }
  if (given['version'] === true) return { kind: 'version' }
  const wrong: string[] = []
  const entries = Object.entries(options).map(([key, one]: [string, ConfigOption]) => {
    const flag = one.flag === undefined ? undefined : given[one.flag]
    const text = (typeof flag === 'string' ? flag : env[one.env])?.trim()
    const parsed = one.schema.safeParse(text === '' ? undefined : text)
    if (!parsed.success)
      wrong.push(sentenceFor(one, text ?? '', parsed.error.issues[0]?.message ?? 'is not right'))
    return [key, parsed.data] as const
  })
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return {
    kind: 'start',
    config: assemble(Object.fromEntries(entries) as Values, given['demo'] === true, env),
  }
}

function readArguments(argv: readonly string[]): ReturnType<typeof parseArgs>['values'] {
  const flags = Object.values<ConfigOption>(options).flatMap(({ flag }) => flag ?? [])
  const known: Record<string, { type: 'string' | 'boolean' }> = {}
  for (const flag of flags) known[flag] = { type: 'string' }
  for (const name of Object.keys(switches)) known[name] = { type: 'boolean' }
  try {
    return parseArgs({ args: [...argv], options: known, strict: true }).values
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.split('. ', 1)[0] : 'The command line cannot be read'
    throw new ConfigError(`${reason}. Every option is listed by --help, for example --port 4000.`)
  }
}

function sentenceFor({ env, flag, example, secret }: ConfigOption, text: string, fault: string): string {
  const value = secret ? 'has a value (not shown here) that' : `is "${text.slice(0, 100)}", which`
  const byFlag = flag === undefined ? '' : ` (or --${flag} ${example})`
  return `${env} ${value} ${fault}. For example: ${env}=${example}${byFlag}`
}

function assemble(values: Values, demo: boolean, env: Readonly<Record<string, string | undefined>>): Config {
  const { tlsCert, tlsKey, smtpUrl, mailFrom, publicUrl, metricsToken, secret, ...rest } = values
  const { push, pushKeys, pushSubject, pushAllow, ...others } = rest
  const { filesFolder, masterKey, previousMasterKey, fileMax, fileQuota, ...plain } = others
  const config = {
    ...plain,
    demo,
    publicUrl: publicUrl ?? null,
    metricsToken: metricsToken ?? null,
    secret: secret ?? null,
    filesFolder: filesFolder ?? null,
    masterKey: masterKey ?? null,
    previousMasterKey: previousMasterKey ?? null,
    fileLimits: { maxBytes: fileMax ?? null, quotaBytes: fileQuota ?? null },
    tls: readTls(tlsCert, tlsKey),
    mail: readMail(smtpUrl, mailFrom),
    push: push
      ? {
          keys: pushKeys ?? null,
          subject: pushSubject ?? subjectFrom(publicUrl, mailFrom),
          allowed: pushAllow,
        }
      : null,
  }
  refuseKeylessRotation(config)
  refuseOpenHttp(config)
  refuseUnlimited(config, env['NODE_ENV'])
  refusePublicDemo(config, env['NODE_ENV'])
  refuseMailWithoutAddress(config)
  return config
}

/** Push services refuse a subject that leads nowhere, such as this machine's own address. */
function subjectFrom(publicUrl: URL | undefined, mailFrom: string | undefined): string {
  if (publicUrl?.protocol === 'https:') return publicUrl.origin
  const mailbox = mailFrom && /[^\s<]+@[^\s@>]+/.exec(mailFrom)?.[0]
  return `mailto:${mailbox ?? 'nobody@parley.invalid'}`
}

function readTls(cert: string | undefined, key: string | undefined): Config['tls'] {
  if (cert === undefined && key === undefined) return null
  if (cert === undefined || key === undefined) {
    const [missing, there] = cert === undefined ? (['cert', 'key'] as const) : (['key', 'cert'] as const)
    const { env, example } = missing === 'cert' ? options.tlsCert : options.tlsKey
    throw new ConfigError(
      `${env} is missing, although the ${there === 'key' ? 'key' : 'certificate'} is given. For example: ${env}=${example}`,
    )
  }
  return { cert: readPem(options.tlsCert, cert), key: readPem(options.tlsKey, key) }
}

function readPem({ env, example }: ConfigOption, file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${env} is "${file}", which cannot be read. For example: ${env}=${example}`, {
      cause: error,
    })
  }
  if (text.includes('-----BEGIN ')) return text
  throw new ConfigError(`${env} is "${file}", which is not a PEM file. For example: ${env}=${example}`)
}

function readMail(url: string | undefined, from: string | undefined): Config['mail'] {
  if (url === undefined) return null
  if (from !== undefined) return { url, from }
  const { env, example } = options.mailFrom
  throw new ConfigError(
    `${env} is missing, although PARLEY_SMTP_URL is given. For example: ${env}="${example}"`,
  )
}

/** The key before belongs beside the one that takes its place. */
function refuseKeylessRotation({ masterKey, previousMasterKey }: Config): void {
  if (previousMasterKey === null || masterKey !== null) return
  const { env, example } = options.masterKey
  throw new ConfigError(
    `${env} is missing, although PARLEY_PREVIOUS_MASTER_KEY is given. For example: ${env}="${example}"`,
  )
}

/** A12: passwords never cross a network in the clear. */
function refuseOpenHttp({ host, tls, trustProxy, environment }: Config): void {
  if (environment !== 'production' || tls !== null || trustProxy !== false || isLoopback(host)) return
  throw new ConfigError(
    `PARLEY_HOST is "${host}", which other machines can reach, and the server would speak plain HTTP there. ` +
      `Give it a certificate (for example PARLEY_TLS_CERT=${options.tlsCert.example} PARLEY_TLS_KEY=${options.tlsKey.example}), ` +
      'or say that a proxy in front speaks HTTPS (for example PARLEY_TRUST_PROXY=loopback), or stay on this machine (PARLEY_HOST=127.0.0.1).',
  )
}

/** Tests and measurements run on loopback and say nothing of production; anything else keeps its limits (A10). */
function refuseUnlimited({ rateLimits, host, trustProxy }: Config, environment: string | undefined): void {
  if (rateLimits || (isLoopback(host) && trustProxy === false && environment !== 'production')) return
  throw new ConfigError(
    'PARLEY_RATE_LIMITS is "off", which is only for tests on this machine, never for production. For example: PARLEY_RATE_LIMITS=on',
  )
}

/** Everybody knows the demo's password. */
function refusePublicDemo({ demo, host, trustProxy }: Config, environment: string | undefined): void {
  if (!demo || (isLoopback(host) && trustProxy === false && environment !== 'production')) return
  throw new ConfigError(
    '--demo makes an organisation whose password is published, so it only runs on this machine alone: without a proxy, with PARLEY_HOST=127.0.0.1, and not in production.',
  )
}

/** The links in mails have to lead somewhere that other machines reach, by HTTPS. */
function refuseMailWithoutAddress({ mail, publicUrl, host, trustProxy }: Config): void {
  if (mail === null || (isLoopback(host) && trustProxy === false)) return
  if (publicUrl?.protocol === 'https:') return
  const { env, example } = options.publicUrl
  throw new ConfigError(
    `${env} has to be the https:// address that people open, because it stands in the mails. For example: ${env}=${example}`,
  )
}
