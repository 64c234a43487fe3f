import type { StorageTx, Storage } from './adapters/storage/contract/storage.ts'
import { cleaningJobs } from './cleaning-jobs.ts'
import { writeZip } from './adapters/archives/write-zip.ts'
import { createArgon2Passwords } from './adapters/passwords/argon2-passwords.ts'
import { createLinkThumbnails } from './adapters/pictures/link-thumbnails.ts'
import { createSharpPictures } from './adapters/pictures/sharp-pictures.ts'
import { createJoseAccessTokens } from './adapters/tokens/jose-access-tokens.ts'
import { communicationRoutes } from './domains/communication/communication.http.ts'
import { chatPreferenceRoutes } from './domains/chat-preferences/chat-preferences.http.ts'
import { conversationRoutes } from './domains/conversations/conversations.http.ts'
import { conversationEvents } from './domains/conversations/conversations.socket.ts'
import { departmentRoutes } from './domains/departments/departments.http.ts'
import { exportRoutes } from './domains/exports/exports.http.ts'
import { fileRoutes } from './domains/files/files.http.ts'
import { removeBytesOnChange } from './domains/files/remove-bytes-on-change.ts'
import { createUploadLocks, type UploadLocks } from './domains/files/upload-locks.ts'
import { groupRoutes } from './domains/groups/groups.http.ts'
import { handOverGroups, takeOverGroups } from './domains/groups/hand-over.ts'
import { importRoutes } from './domains/imports/imports.http.ts'
import { inviteRoutes } from './domains/invites/invites.http.ts'
import { createSendInvite } from './domains/invites/send-invite.ts'
import type { LinkFetcher } from './domains/link-previews/link-fetcher.ts'
import { previewOnChange, type Previewing } from './domains/link-previews/preview-on-change.ts'
import { memberRoutes } from './domains/members/members.http.ts'
import type { PasswordHasher } from './domains/members/password-hasher.ts'
import { authorsElsewhere } from './domains/messages/authors-elsewhere.ts'
import { messageRoutes } from './domains/messages/messages.http.ts'
import { messageEvents } from './domains/messages/messages.socket.ts'
import { notificationRoutes } from './domains/notifications/notifications.http.ts'
import { notifyOnChange } from './domains/notifications/notify-on-change.ts'
import type { PushSender } from './domains/notifications/push-sender.ts'
import type { DeviceTelling } from './domains/notifications/tell-devices.ts'
import { organisationRoutes } from './domains/organisations/organisations.http.ts'
import { createPresenceRegister } from './domains/presence/presence-register.ts'
import { presenceRoutes } from './domains/presence/presence.http.ts'
import { tellPresenceOnChange } from './domains/presence/tell-presence-on-change.ts'
import { createLastSeenLog } from './domains/presence/record-last-seen.ts'
import { authenticate, resolveActor } from './domains/sessions/authenticate.ts'
import { endConnectionsOnChange } from './domains/sessions/end-connections-on-change.ts'
import { endAllSessions } from './domains/sessions/end-session.ts'
import { passwordRoutes } from './domains/sessions/passwords.http.ts'
import { createSendPasswordReset } from './domains/sessions/send-password-reset.ts'
import { ACCESS_TOKEN_LIFETIME } from './domains/sessions/session.ts'
import { sessionRoutes } from './domains/sessions/sessions.http.ts'
import { searchRoutes } from './domains/search/search.http.ts'
import type { TakenIn } from './domains/search/take-in-messages.ts'
import { takeInOnChange, type IndexKeeper } from './domains/search/take-in-on-change.ts'
import { purgeOnChange } from './domains/retention/purge-on-change.ts'
import { syncRoutes } from './domains/sync/sync.http.ts'
import { syncEvents } from './domains/sync/sync.socket.ts'
import { installationRoutes } from './installation.http.ts'
import { systemClock, type Clock } from './kernel/clock.ts'
import { createBoundedQueue } from './kernel/bounded-queue.ts'
import { createFairTurns, createKeyedTurns } from './kernel/keyed-turns.ts'
import type { Mailer } from './kernel/mailer.ts'
import { orgScope, type OrgScope } from './kernel/org-scope.ts'
import type { RunUseCase } from './kernel/transactions.ts'
import { importJob, openArchive } from './import-job.ts'
import { createIndexing, createLongReads, createSearching } from './long-reads.ts'
import { openDeviceTelling, resumeTelling } from './open-device-telling.ts'
import { openDispatcher } from './open-dispatcher.ts'
import { openPresence } from './open-presence.ts'
import { createFileSweep, type FileSweep } from './sweep.ts'
import type { FileParts } from './open-files.ts'
import { createHttpServer, type HttpServer } from './platform/http/create-http-server.ts'
import { decodeJson } from './platform/http/encode-json.ts'
import type { HttpSettings } from './platform/http/create-http-server.ts'
import type { RouteHandlers } from './platform/http/mount-routes.ts'
import type { Log } from './platform/log/log.ts'
import { createMetrics } from './platform/operations/metrics.ts'
import type { RateLimits } from './platform/rate-limit/rate-limits.ts'
import type { EventHandlers } from './platform/realtime/mount-events.ts'
import { createRealtime, type Realtime, type RealtimeServer } from './platform/realtime/realtime.ts'
import { runOnSchedule, type Schedule } from './platform/run-on-schedule.ts'
import { createAdmission, createRunUseCase, type Admission } from './platform/run-use-case.ts'
import packageJson from '../package.json' with { type: 'json' }

export interface AppDeps {
  readonly storage: Storage
  readonly settings: HttpSettings
  readonly log: Log
  /** Signs access tokens; at least 32 random bytes. */
  readonly secret: Uint8Array
  readonly rateLimits: RateLimits
  /** null where no mail is configured. */
  readonly mailer: Mailer | null
  /** null where nothing is told through push services. */
  readonly pushSender: PushSender | null
  /** Fetches pages that messages link to, in organisations that wish it. */
  readonly linkFetcher: LinkFetcher
  /** Answers and live changes are held against their contract (tests, development). */
  readonly checkAnswers: boolean
  readonly clock?: Clock
  /** Cheaper ones for tests. */
  readonly passwords?: PasswordHasher
  /** The web's static export. */
  readonly webRoot: string
  readonly metricsToken: string | null
  readonly files: FileParts
}

export interface App {
  readonly server: HttpServer
  /** Stops taking calls, finishes what is under way, writes what is pending. The storage stays open. Idempotent. */
  close(): Promise<void>
}

const LAST_SEEN_EVERY = 5_000
const SWEEP_EVERY = 60_000
const LEDGER_SWEEP_EVERY = 60 * 60_000
const INDEX_LOOK_EVERY = 30_000

/** Transfers at the same time: of one member, what a browser opens at once; of one organisation, what a disk can serve. */
const OF_MEMBER = 12
const OF_ORGANISATION = 200
const WAITING = 200
/** Chats that one member wants to be looked into while another of theirs is. */
const READING_WAITING = 3
/** And of all members, because the list of an archive's files is held in memory. */
const READING_AT_ONCE = 2
const ALL_READING_WAITING = 50

/** The whole server, put together by hand: every part that exists is named here. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { storage, settings, log, rateLimits, checkAnswers, clock = systemClock } = deps
  const { read } = storage
  const accessTokens = createJoseAccessTokens(deps.secret, ACCESS_TOKEN_LIFETIME)
  const passwords = deps.passwords ?? createArgon2Passwords()
  const realtime = createRealtime({
    authenticate: (token) => authenticate({ read, accessTokens }, token, clock.now()),
    resolveActor: (scope, sessionId) => resolveActor(read, scope, sessionId, clock.now()),
    ...{ rateLimits, log, checkAnswers },
    publicUrl: settings.publicUrl,
    trustProxy: settings.trustProxy,
  })
  const dispatcher = openDispatcher({ storage, realtime, clock, log })
  dispatcher.onChanges(endConnectionsOnChange((ended, reason) => realtime.endSessions(ended, reason)))
  const index = keepIndex(storage, log)
  dispatcher.onChanges((...told) => index.note(...told))
  const admission = createAdmission()
  const run = createRunUseCase({ transactions: storage.transactions, dispatcher, admission })
  const sweep = createFileSweep({ storage, files: deps.files, run, clock, log })
  dispatcher.onChanges(removeBytesOnChange(sweep.removeBytes))
  const previewing = openPreviewing(deps, run, clock)
  dispatcher.onChanges((...told) => previewing.note(...told))
  const lastSeen = createLastSeenLog(run)
  const register = createPresenceRegister()
  const isActive = (memberId: string) => register.isOnline(memberId)
  const sender = deps.pushSender
  const telling =
    sender && openDeviceTelling({ storage, sender, run, realtime, clock, log, isAtDevice: isActive })
  const presence = openPresence({ register, lastSeen, read, realtime, clock, log, telling })
  dispatcher.onChanges(tellPresenceOnChange(presence))
  if (telling) dispatcher.onChanges(notifyOnChange(telling))
  const locks = createUploadLocks()
  const kept = { storage, files: deps.files, index, sweep, locks, lastSeen, rateLimits, telling }
  const schedule = openSchedule({ ...kept, run, clock, log })
  dispatcher.onChanges(purgeOnChange(() => schedule.soon('retention')))
  const onImport = () => schedule.soon('imports')
  const made = { telling, locks, onImport, run, read, clock, passwords, accessTokens, realtime, isActive }
  const parts = { ...deps, ...made, sweep }
  const server = await createHttpServer({
    settings,
    realtime,
    routes: allRoutes(parts),
    events: { ...allEvents(parts), ...presence.events },
    authenticate: (token) => authenticate({ read, accessTokens }, token, clock.now()),
    rateLimits,
    log,
    checkAnswers,
    operations: {
      ready: () => storage.ping(),
      metrics: measure(storage, realtime, admission),
      metricsToken: deps.metricsToken,
    },
    webRoot: deps.webRoot,
    version: packageJson.version,
  })
  void index.look()
  const stopSweeping = sweep.start()
  if (telling) await resumeTelling(telling, storage)
  return {
    server,
    async close() {
      stopSweeping()
      await server.close()
      await schedule.close()
      await telling?.stop()
      await previewing.stop()
      await dispatcher.settled()
      await index.stop()
      await presence.settled()
      await lastSeen.flush().catch(() => undefined)
      admission.close()
    },
  }
}

/** Previews of linked pages follow the messages, where the organisation wishes them. */
function openPreviewing(
  { storage, linkFetcher, settings, log }: AppDeps,
  run: RunUseCase<StorageTx>,
  clock: Clock,
): Previewing {
  return previewOnChange({
    ...{ run, read: storage.read, clock },
    ...{ fetcher: linkFetcher, thumbnails: createLinkThumbnails() },
    isOwn: (url) => new URL(url).host === settings.publicUrl?.host,
    onFailure: (error) => log.warn({ error }, 'a link goes without its preview'),
  })
}

type Scheduled = Parameters<typeof cleaningJobs>[0] &
  Parameters<typeof importJob>[0] &
  Pick<AppDeps, 'rateLimits'> & {
    readonly lastSeen: ReturnType<typeof createLastSeenLog>
    readonly telling: DeviceTelling | null
    readonly index: IndexKeeper
  }

/** What comes again and again, and for which nobody waits. */
function openSchedule(all: Scheduled): Schedule {
  const { log, lastSeen, rateLimits, telling, index } = all
  const jobs = [
    { name: 'last seen', every: LAST_SEEN_EVERY, run: () => lastSeen.flush() },
    { name: 'rate limits', every: SWEEP_EVERY, run: async () => rateLimits.sweep() },
    { name: 'delivery ledger', every: LEDGER_SWEEP_EVERY, run: async () => telling?.deliveries.sweep() },
    { name: 'search index', every: INDEX_LOOK_EVERY, run: () => index.look() },
  ]
  return runOnSchedule([...jobs, ...cleaningJobs(all), importJob(all)], log)
}

/** The search index follows what is committed, by itself and after it. */
function keepIndex(storage: Storage, log: Log): IndexKeeper {
  const indexing = createIndexing(storage)
  return takeInOnChange({
    takeIn: async (scope) => decodeJson(await indexing.answer('takeIn', { scope }, null)) as TakenIn,
    behind: async () => (await storage.searchBehind()).map(orgScope),
    onNews: (news) =>
      log[news === 'missing' ? 'info' : 'warn'](
        { reason: news },
        'the search index is made anew from the database; until then older messages are not found',
      ),
    onTrouble: (error) =>
      log.warn(
        { error },
        'the search index could not be brought up to date; it is tried again, and all else goes on',
      ),
  })
}

function measure(storage: Storage, realtime: RealtimeServer, admission: Admission) {
  const metrics = createMetrics({
    connections: () => realtime.connectionCount(),
    inFlight: () => admission.inFlight(),
    *events() {
      for (const { shape, answered, refused } of realtime.figures().events)
        yield { name: shape.name, answered, refused }
    },
    unknownEvents: () => realtime.figures().unknownEvents,
    cutOff: () => realtime.figures().cutOff,
  })
  storage.onCommit((size, milliseconds) => metrics.observeCommit(size, milliseconds))
  return metrics
}

interface Parts extends AppDeps {
  readonly telling: DeviceTelling | null
  readonly run: RunUseCase<StorageTx>
  readonly read: Storage['read']
  readonly clock: Clock
  readonly passwords: PasswordHasher
  readonly accessTokens: ReturnType<typeof createJoseAccessTokens>
  readonly realtime: Realtime
  readonly isActive: (memberId: string) => boolean
  readonly sweep: FileSweep
  readonly locks: UploadLocks
  /** There is an import to be gone on with. */
  readonly onImport: () => void
}

function allRoutes(parts: Parts): RouteHandlers {
  const { run, read, clock, passwords, accessTokens, realtime, mailer, log, settings, storage, rateLimits } =
    parts
  const publicUrl = settings.publicUrl?.origin ?? `http://${settings.host}:${String(settings.port)}`
  const mailing = mailer && { mailer, read, publicUrl }
  const onFailure = (error: unknown) => log.warn({ error }, 'an invitation could not be mailed')
  const sessions = {
    run,
    read,
    locator: storage.locator,
    passwords,
    accessTokens,
    clock,
    onEnded: (...ended: Parameters<Realtime['endSessions']>) => realtime.endSessions(...ended),
  }
  const pictures = createSharpPictures()
  return {
    ...installationRoutes({ mail: mailer !== null, isEmpty: () => storage.locator.isEmpty() }),
    ...organisationRoutes({ run }),
    ...communicationRoutes({ run }),
    ...departmentRoutes({ run }),
    ...memberRoutes<StorageTx>({
      run,
      read,
      passwords,
      pictures,
      clock,
      endSessions: async (tx, scope, memberId) => {
        await endAllSessions(tx, scope, memberId, clock.now())
        await handOverGroups(tx, scope, memberId, clock.now())
        await tx.sessions.removePasswordReset(scope, memberId)
      },
      resumeAccess: (tx, scope, memberId) => takeOverGroups(tx, scope, memberId, clock.now()),
      forgetPasswordReset: (tx, scope, memberId) => tx.sessions.removePasswordReset(scope, memberId),
    }),
    ...sessionRoutes(sessions),
    ...passwordRoutes({
      ...sessions,
      rateLimits,
      sendPasswordReset: mailing && createSendPasswordReset(mailing),
    }),
    ...inviteRoutes({
      run,
      read,
      passwords,
      accessTokens,
      clock,
      sendInvite: mailing && createSendInvite({ ...mailing, onFailure }),
      rateLimits,
    }),
    ...conversationRoutes({ run, read, clock }),
    ...chatPreferenceRoutes({ run }),
    ...groupRoutes({ run, read, pictures, clock }),
    ...fileRoutes(filesOf(parts)),
    ...exportRoutes({
      ...{ run, read, writeArchive: writeZip, vault: parts.files.vault, now: () => clock.now() },
      turns: createKeyedTurns(1, READING_WAITING),
    }),
    ...importRoutes({
      ...{ run, read, clock, openArchive, vault: parts.files.vault, onWork: parts.onImport },
      turns: createKeyedTurns(1, READING_WAITING),
      queue: createBoundedQueue(READING_AT_ONCE, ALL_READING_WAITING),
    }),
    ...messageRoutes({ run, read, clock }),
    ...searchRoutes({ searching: createSearching(storage), clock }),
    ...notificationRoutes({
      run,
      read,
      clock,
      sender: parts.pushSender,
      onQueued: (scope) => parts.telling?.deliveries.wake(scope),
    }),
    ...presenceRoutes({ run }),
    ...syncRoutes({ read, longReads: createLongReads(storage), clock }),
  }
}

const fairTurns = (ofMember: number, ofOrganisation: number) =>
  createFairTurns({
    member: createKeyedTurns(ofMember, WAITING),
    organisation: createKeyedTurns(ofOrganisation, 5 * WAITING),
  })

const filesOf = ({ files, sweep, run, read, clock, locks }: Parts) => ({
  ...files,
  run,
  read,
  clock,
  locks,
  turns: fairTurns(OF_MEMBER, OF_ORGANISATION),
  // one picture is made at a time, and one other file looked into
  mediaTurns: { pictures: fairTurns(1, 1), others: fairTurns(1, 1) },
  authorsOf: (scope: OrgScope, messageIds: readonly string[]) =>
    authorsElsewhere(read.messages, scope, messageIds),
  removeBytes: sweep.removeBytes,
})

function allEvents({
  run,
  read,
  clock,
  realtime,
  isActive,
}: Parts): Omit<EventHandlers, 'watchPresence' | 'setActive'> {
  return {
    ...syncEvents({ clock }),
    ...messageEvents({ run, clock }),
    ...conversationEvents({ run, read, realtime, clock, isActive }),
  }
}
