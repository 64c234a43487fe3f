import type { ChatPreference } from '@parley/contracts/chat-preferences/chat-preference'
import { usualPreference } from '@parley/contracts/chat-preferences/rules'
import type { Mentions } from '@parley/contracts/messages/mentions'
import type { NotificationChoices } from '@parley/contracts/notifications/notification-settings'
import { usualChoices } from '@parley/contracts/notifications/rules'
import type { PushPayload } from '@parley/contracts/notifications/push-payload'
import { makeVapidKeys, readVapidKeys, type VapidKeys } from '../adapters/push/web/vapid-keys.ts'
import { createWebPushSender } from '../adapters/push/web/web-push-sender.ts'
import type { Storage, StorageTx } from '../adapters/storage/contract/storage.ts'
import { raiseMarks } from '../domains/conversations/raise-marks.ts'
import { startDirectConversation } from '../domains/conversations/start-direct-conversation.ts'
import { createGroup } from '../domains/groups/create-group.ts'
import { sendMessage } from '../domains/messages/send-message.ts'
import { subscribeDevice } from '../domains/notifications/subscribe-device.ts'
import { notifyOnChange } from '../domains/notifications/notify-on-change.ts'
import { createDeviceTelling, type DeviceTelling } from '../domains/notifications/tell-devices.ts'
import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { TestPushService, type TestBrowser } from './push-service.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from './test-organisation.ts'

/** A browser in which somebody is signed in. */
export interface Device {
  readonly actor: Actor
  readonly browser: TestBrowser
}

/** Everything from the message to the push service, real but for the service and the time. */
export class PushDesk {
  readonly office: TestOrganisation
  readonly service: TestPushService
  now = TEST_NOW
  /** Who is at a device just now. */
  readonly present = new Set<string>()
  /** Sessions with a live connection. */
  readonly connected = new Set<string>()
  readonly failures: unknown[] = []
  readonly keys = readVapidKeys(makeVapidKeys()) as VapidKeys
  telling: DeviceTelling

  private constructor(office: TestOrganisation, service: TestPushService) {
    this.office = office
    this.service = service
    this.telling = this.#tell(office.storage)
  }

  static async open(storage?: Storage): Promise<PushDesk> {
    return new PushDesk(await openTestOrganisation(storage), await TestPushService.start())
  }

  /** Another process takes over, which remembers nothing of this one. */
  async restart(): Promise<void> {
    await this.telling.stop()
    this.telling = this.#tell(this.office.storage)
  }

  async close(): Promise<void> {
    await this.telling.stop()
    await this.service.stop()
    await this.office.close()
  }

  /** Signs a member in on a browser that is told by push. */
  async device(actor: Actor, browser = this.service.subscribe()): Promise<Device> {
    const sessionId = newId()
    const { scope, memberId } = actor
    const session = { id: sessionId, memberId, device: 'Chrome on Android', address: '192.0.2.7', push: null }
    const times = { createdAt: this.now, lastUsedAt: this.now, expiresAt: this.now * 2, endedAt: null }
    const there: Actor = { ...actor, sessionId }
    await this.office.run(async (tx) => {
      await tx.sessions.insert(scope, { ...session, ...times, refreshHash: 'ab'.repeat(32) })
      await subscribeDevice(tx, there, browser.target)
    })
    return { actor: there, browser }
  }

  async chat(one: Actor, other: Actor): Promise<string> {
    return (await this.office.run((tx) => startDirectConversation(tx, one, other.memberId, this.now))).id
  }

  async group(actor: Actor, others: readonly Actor[]): Promise<string> {
    const memberIds = others.map(({ memberId }) => memberId)
    const given = { name: 'Harbour', description: '', memberIds }
    return (await this.office.run((tx) => createGroup(tx, actor, given, this.now))).id
  }

  /** @returns the message's id */
  async say(actor: Actor, conversationId: string, text: string, mentions?: Mentions): Promise<string> {
    const given = { id: newId(), conversationId, text, mentions }
    await this.office.run((tx) => sendMessage(tx, actor, given, this.now))
    return given.id
  }

  /** Does something of which devices are to hear as they do in the product: by what was committed. */
  async happens(work: (tx: StorageTx) => Promise<unknown>): Promise<void> {
    const { storage, scope } = this.office
    const { changes } = await storage.transactions.run(scope, work)
    notifyOnChange(this.telling)(scope, changes)
    await this.telling.withdrawals.withdraw(scope)
  }

  async read({ memberId, ...actor }: Actor, conversationId: string): Promise<void> {
    const { scope } = this.office
    const seen = await this.office.storage.read.conversations.lastNumber(scope, conversationId)
    const marks = [{ conversationId, delivered: seen, seen }]
    await this.office.run((tx) => raiseMarks(tx, { memberId, ...actor }, marks, this.now))
    this.telling.withdrawals.note(scope, memberId, conversationId)
    await this.telling.withdrawals.withdraw(scope)
  }

  async prefer(
    { scope, memberId }: Actor,
    conversationId: string,
    given: Partial<ChatPreference>,
  ): Promise<void> {
    const preference = { ...usualPreference(conversationId), memberId, ...given }
    await this.office.run((tx) => tx.chatPreferences.put(scope, preference))
  }

  async choose({ scope, memberId }: Actor, choices: Partial<NotificationChoices>): Promise<void> {
    await this.office.run((tx) =>
      tx.notificationSettings.put(scope, memberId, { ...usualChoices, ...choices }),
    )
  }

  /** Lets time pass, and does what is due then. */
  async after(milliseconds: number): Promise<void> {
    const { scope } = this.office
    await this.telling.follower.follow(scope)
    this.now += milliseconds
    while ((await this.telling.deliveries.deliver(scope)) > 0);
  }

  taken = ({ browser }: Device): PushPayload[] => this.service.take(browser)

  /** What a device was told, in words: the text of a message, or what else it was. */
  texts = (device: Device): (string | null)[] =>
    this.taken(device).map((push) => (push.kind === 'message' ? (push.shown?.text ?? null) : push.kind))

  /** A member's ledger as words: kind, state, why, attempts. */
  async ledger({ memberId }: Actor): Promise<unknown[]> {
    const lines = await this.office.storage.read.pushes.listOf(this.office.scope, memberId, 100)
    return lines.map(({ kind, state, reason, status, attempts }) => [kind, state, reason, status, attempts])
  }

  #tell(storage: Storage): DeviceTelling {
    return createDeviceTelling({
      run: async (scope, work) => (await storage.transactions.run(scope, work)).result,
      read: storage.read,
      sender: createWebPushSender({
        keys: this.keys,
        subject: 'mailto:admin@example.org',
        allowed: [this.service.origin],
        timeout: 2_000,
        resolve: (_hostname, tell) => tell(new Error('the service is at an address'), []),
      }),
      isAtDevice: (memberId) => this.present.has(memberId),
      clock: { now: () => this.now },
      isConnected: ({ id }) => this.connected.has(id),
      onFailure: (error) => this.failures.push(error),
    })
  }
}

/** Amina writes to Mei, who has a phone that is told. */
export interface PushScene {
  readonly desk: PushDesk
  readonly amina: Actor
  readonly mei: Actor
  readonly phone: Device
  readonly chat: string
}

export async function openPushScene(): Promise<PushScene> {
  const desk = await PushDesk.open()
  const amina = await desk.office.join('Amina', 'admin')
  const mei = await desk.office.join('Mei')
  return { desk, amina, mei, phone: await desk.device(mei), chat: await desk.chat(amina, mei) }
}
