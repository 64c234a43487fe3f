import type { ErrorCode } from '@parley/contracts/kernel/error-codes'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { emailKey } from '../../kernel/email-key.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { createInvite, renewInvite, type FreshLink, type InvitesTx, type NewInvite } from './create-invite.ts'

export type InvitedPerson = Omit<NewInvite, 'id' | 'email' | 'expiresInDays'> & {
  /** Made by the client, so that asking again invites nobody twice. */
  readonly id: string
  readonly email: string
}

export interface Invited {
  readonly email: string
  /** null for whoever could not be invited. */
  readonly link: FreshLink | null
  readonly failure: ErrorCode | null
}

/** People of one transaction: whoever sends a message meanwhile waits for no more than that. */
const AT_ONCE = 20

/**
 * Invites everybody of a list. Who cannot be invited is told, with the reason, and keeps nobody else from it. Who was invited with the same id
 * before has the link made anew: the one before is kept nowhere, and may never have arrived.
 */
export async function invitePeople(
  run: RunUseCase<InvitesTx>,
  actor: Actor,
  people: readonly InvitedPerson[],
  expiresInDays: number,
  now: number,
): Promise<Invited[]> {
  const invited: Invited[] = []
  const seen = new Set<string>()
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const some = people.slice(from, from + AT_ONCE)
    const fresh = some.map((person) => !seen.has(emailKey(person.email)) && seen.add(emailKey(person.email)))
    const made = await run(actor.scope, async (tx) => {
      const answers: Invited[] = []
      for (const [index, person] of some.entries())
        answers.push(
          fresh[index]
            ? await invite(tx, actor, { ...person, expiresInDays }, now)
            : { email: person.email, link: null, failure: 'email_taken' },
        )
      return answers
    })
    invited.push(...made)
  }
  return invited
}

async function invite(
  tx: InvitesTx,
  actor: Actor,
  person: InvitedPerson & { readonly expiresInDays: number },
  now: number,
): Promise<Invited> {
  const { email } = person
  try {
    return { email, link: await inviteOnce(tx, actor, person, now), failure: null }
  } catch (error) {
    // it refuses before it writes anything
    if (error instanceof DomainError) return { email, link: null, failure: error.code }
    throw error
  }
}

async function inviteOnce(
  tx: InvitesTx,
  actor: Actor,
  person: InvitedPerson & { readonly expiresInDays: number },
  now: number,
): Promise<FreshLink> {
  const before = await tx.invites.get(actor.scope, person.id)
  if (!before) return createInvite(tx, actor, person, now)
  const same = before.createdBy === actor.memberId && before.email === person.email
  if (!same) throw new DomainError('id_taken')
  return renewInvite(tx, actor, person.id, now)
}
