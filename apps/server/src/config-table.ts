import { resolve } from 'node:path'
import { z } from 'zod'
import {
  address,
  byteSize,
  masterKey,
  onOff,
  option,
  origins,
  proxies,
  wholeNumber,
  type ConfigOption,
} from './config-option.ts'

/** Everything that can be set. Help, documentation and parsing all read this table. */
export const options = {
  port: option({
    env: 'PARLEY_PORT',
    flag: 'port',
    takes: '<number>',
    about: 'The port for everything: pages, requests and live connections. 0 takes any free one.',
    unset: '4000',
    example: '4000',
    schema: wholeNumber(0, 65_535, 'is not a whole number from 0 to 65535').default(4000),
  }),
  host: option({
    env: 'PARLEY_HOST',
    flag: 'host',
    takes: '<address>',
    about:
      'The address to listen on. The default is reached from this machine alone; 0.0.0.0 is reached from everywhere, and then needs TLS or a declared proxy.',
    unset: '127.0.0.1',
    example: '0.0.0.0',
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/, { error: 'is not an address or a host name' })
      .default('127.0.0.1'),
  }),
  data: option({
    env: 'PARLEY_DATA',
    flag: 'data',
    takes: '<folder>',
    about:
      'The folder for the embedded database and the secrets made at the first start. It is created if need be.',
    unset: './parley-data',
    example: '/var/lib/parley',
    schema: z
      .string()
      .default('./parley-data')
      .transform((folder) => resolve(folder)),
  }),
  storage: option({
    env: 'PARLEY_STORAGE',
    about:
      'Where everything is kept: `sqlite`, the embedded database in the data folder, or the address of a MongoDB replica set.',
    unset: 'sqlite',
    example: 'mongodb://127.0.0.1:27017/parley?replicaSet=rs0',
    secret: true,
    schema: z
      .string()
      .regex(/^(?:sqlite$|mongodb(?:\+srv)?:\/\/.)/, { error: 'is neither sqlite nor a mongodb:// address' })
      .default('sqlite'),
  }),
  publicUrl: option({
    env: 'PARLEY_PUBLIC_URL',
    flag: 'public-url',
    takes: '<address>',
    about:
      'The address people open. It stands in the links that are mailed, and pages from there count as our own when a proxy changes the Host header.',
    unset: 'the address the server listens on',
    example: 'https://chat.example.org',
    schema: address(['http:', 'https:'], 'is not a http:// or https:// address')
      .refine((value) => new URL(value).pathname === '/', {
        error: 'has a path; Parley needs a host of its own',
      })
      .transform((value) => new URL(value))
      .optional(),
  }),
  tlsCert: option({
    env: 'PARLEY_TLS_CERT',
    takes: '<file>',
    about:
      'The certificate chain (PEM) with which the server speaks HTTPS itself. Together with PARLEY_TLS_KEY.',
    unset: 'plain HTTP',
    example: '/etc/parley/fullchain.pem',
    schema: z.string().optional(),
  }),
  tlsKey: option({
    env: 'PARLEY_TLS_KEY',
    takes: '<file>',
    about: 'The private key (PEM) of that certificate.',
    unset: 'plain HTTP',
    example: '/etc/parley/privkey.pem',
    schema: z.string().optional(),
  }),
  trustProxy: option({
    env: 'PARLEY_TRUST_PROXY',
    about:
      'A proxy in front ends TLS and sets X-Forwarded-For, -Proto and -Host: `loopback` for one on this machine, a comma-separated list of its addresses or networks, or `yes` to believe whoever connects (only where nobody else can).',
    unset: 'no',
    example: 'loopback',
    schema: proxies.default(false),
  }),
  smtpUrl: option({
    env: 'PARLEY_SMTP_URL',
    about: 'The mail server for invitations and password resets.',
    unset: 'no mail; links are copied and passed on by hand',
    example: 'smtps://user:password@mail.example.org',
    secret: true,
    schema: address(['smtp:', 'smtps:'], 'is not a smtp:// or smtps:// address').optional(),
  }),
  mailFrom: option({
    env: 'PARLEY_MAIL_FROM',
    about: 'The sender of these mails. Needed together with PARLEY_SMTP_URL.',
    unset: 'no mail',
    example: 'Parley <parley@example.org>',
    schema: z
      .string()
      .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, { error: 'is not an e-mail address' })
      .optional(),
  }),
  metricsToken: option({
    env: 'PARLEY_METRICS_TOKEN',
    about: 'Whoever sends it (`Authorization: Bearer …`) may read /metrics from elsewhere.',
    unset: '/metrics can be read from this machine alone',
    example: 'a-long-random-text-of-your-own',
    secret: true,
    schema: z.string().min(16, { error: 'is shorter than 16 characters' }).optional(),
  }),
  push: option({
    env: 'PARLEY_PUSH',
    about:
      'Whether people can be told on their devices while Parley is closed there. Pushes go, encrypted, through the services of the browsers’ makers; with `off` nothing leaves the house.',
    unset: 'on',
    example: 'off',
    schema: onOff.default(true),
  }),
  pushKeys: option({
    env: 'PARLEY_PUSH_KEYS',
    about:
      'The key pair by which push services know this installation, public and private with a dot between; the same for all processes of one installation. When it changes, every device has to subscribe anew, which it does when Parley is opened there.',
    unset: 'made at the first start and kept in the data folder',
    example: 'the content of the file push-keys in the data folder',
    secret: true,
    schema: z.string().min(16, { error: 'is too short for two keys' }).optional(),
  }),
  pushSubject: option({
    env: 'PARLEY_PUSH_SUBJECT',
    about:
      'Whom the operator of a push service asks when something is wrong with our pushes: a mailto: or https: address.',
    unset: 'PARLEY_PUBLIC_URL where that is https, else the address in PARLEY_MAIL_FROM',
    example: 'mailto:admin@example.org',
    schema: address(['mailto:', 'https:'], 'is neither a mailto: nor a https:// address').optional(),
  }),
  pushAllow: option({
    env: 'PARLEY_PUSH_ALLOW',
    about:
      'Push services of your own: a comma-separated list of origins that may be called although they are on a private network or speak plain HTTP. Others are called by HTTPS and at public addresses alone, because clients name them.',
    unset: 'none',
    example: 'https://push.intranet.example',
    schema: origins.default([]),
  }),
  previewAllow: option({
    env: 'PARLEY_PREVIEW_ALLOW',
    about:
      'Pages of your own network that may have previews in messages: a comma-separated list of origins that are fetched although they are on a private network or at a port of their own. Whoever can write a message, in every organisation of this installation, sees the titles of any of their pages. Others are fetched at public addresses alone, and only where an admin has switched previews on.',
    unset: 'none',
    example: 'https://wiki.intranet.example',
    schema: origins.default([]),
  }),
  logLevel: option({
    env: 'PARLEY_LOG_LEVEL',
    flag: 'log-level',
    takes: '<level>',
    about:
      'How much is logged, as JSON lines: trace, debug, info, warn, error, fatal or silent. No level shows what people write.',
    unset: 'info',
    example: 'warn',
    schema: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
        error: 'is none of the levels',
      })
      .default('info'),
  }),
  secret: option({
    env: 'PARLEY_SECRET',
    about: 'The key under which access tokens are signed; the same for all processes of one installation.',
    unset: 'made at the first start and kept in the data folder',
    example: 'the output of: openssl rand -base64 48',
    secret: true,
    schema: z.string().min(32, { error: 'is shorter than 32 characters' }).optional(),
  }),
  masterKey: option({
    env: 'PARLEY_MASTER_KEY',
    about:
      'The key under which the keys of all files are encrypted: 32 random bytes in base64 or hex, as `openssl rand -base64 32` makes them. Keep a copy elsewhere: without it no file can be read.',
    unset: 'made at the first start and kept as `master-key` in the data folder',
    example: 'b25seSBhbiBleGFtcGxlOyBtYWtlIHlvdXIgb3duISE=',
    secret: true,
    schema: masterKey.optional(),
  }),
  previousMasterKey: option({
    env: 'PARLEY_PREVIOUS_MASTER_KEY',
    about:
      'The master key before PARLEY_MASTER_KEY, until `npm run keys -- rotate` has run. Only where the key comes from the environment.',
    unset: 'none',
    example: 'dGhlIGtleSB0aGF0IHdhcyBzZXQgYmVmb3JlIHRoaXM=',
    secret: true,
    schema: masterKey.optional(),
  }),
  filesFolder: option({
    env: 'PARLEY_FILES',
    flag: 'files',
    takes: '<folder>',
    about: 'The folder for the files that people send, encrypted. It is created if need be.',
    unset: '`files` in the data folder',
    example: '/mnt/large/parley-files',
    schema: z
      .string()
      .transform((folder) => resolve(folder))
      .optional(),
  }),
  fileMax: option({
    env: 'PARLEY_FILE_MAX',
    about: 'The largest file that anybody may send, whatever the admins of an organisation allow.',
    unset: 'what the admins set (100 MB unless they change it, 10 GB at most)',
    example: '250MB',
    schema: byteSize.optional(),
  }),
  fileQuota: option({
    env: 'PARLEY_FILE_QUOTA',
    about: 'What all files of one organisation may take together, whatever its admins allow.',
    unset: 'what the admins set (no bound but the disk unless they change it)',
    example: '50GB',
    schema: byteSize.optional(),
  }),
  rateLimits: option({
    env: 'PARLEY_RATE_LIMITS',
    about:
      'Only for tests and measurements: `off` lets everybody call as often as they like. Refused in production.',
    unset: 'on',
    example: 'on',
    schema: onOff.default(true),
  }),
  environment: option({
    env: 'NODE_ENV',
    about: 'Anything but production makes answers be checked against their contracts, which is slow.',
    unset: 'production',
    example: 'production',
    schema: z
      .enum(['production', 'development', 'test'], { error: 'is none of production, development and test' })
      .default('production'),
  }),
} satisfies Record<string, ConfigOption>

/** Said on the command line only, and without a value. */
export const switches = {
  demo: 'Fill an empty installation with a demo organisation and say how to sign in.',
  help: 'Show this and end.',
  version: 'Show the version and end.',
} as const
