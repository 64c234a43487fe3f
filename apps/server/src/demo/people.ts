import type { Role } from '@parley/contracts/kernel/permission'

export interface DemoPerson {
  readonly name: string
  /** The part before @quillhaven.example. */
  readonly mailbox: string
  readonly role: Role
  readonly departments: readonly string[]
  readonly statusText: string
  /** Minutes before now when they were last here; null for never. */
  readonly lastSeen: number | null
}

export const DEMO_ORGANISATION = {
  name: 'Quillhaven Travel',
  address: '14 Mill Lane, second floor\nQuillhaven',
  expectedUsers: 34,
  ownerName: 'Ingrid',
  contactNumber: '+351 900 000 142',
} as const

const person = (
  name: string,
  mailbox: string,
  role: Role,
  departments: readonly string[],
  lastSeen: number | null,
  statusText = '',
): DemoPerson => ({ name, mailbox, role, departments, lastSeen, statusText })

/** Came in with an invitation. */
export const DEMO_JOINED = { name: 'Marit', mailbox: 'marit' } as const

/** Has left: deactivated, and still there with what he wrote. */
export const DEMO_GONE = 'nuno'

/** The mailbox of the admin to sign in as. */
export const DEMO_ADMIN_MAILBOX = 'amina'

/** The first is the admin to sign in as. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('Amina', 'amina', 'admin', ['Operations'], 2, 'On the desk until 18:00'),
  person('Adaeze', 'adaeze', 'admin', ['Operations', 'Sales'], 35),
  person('Mei', 'mei', 'member', ['Operations'], 8, 'Rooming lists'),
  person('Rafael', 'rafael', 'manager', ['Sales'], 4),
  person('Yusuf', 'yusuf', 'member', ['Sales'], 12, 'With customers, write rather than call'),
  person('ليلى', 'layla', 'member', ['Support'], 25, 'متاحة حتى الخامسة'),
  person('Kenji', 'kenji', 'member', ['Operations', 'Support'], 62),
  person('Priya', 'priya', 'manager', ['Support'], 18, 'Visas and refunds'),
  person('Luca', 'luca', 'member', ['Operations'], 140),
  person('Tomás', 'tomas', 'member', ['Sales'], 1_300, 'Back on Monday'),
  person('Ingrid', 'ingrid', 'manager', ['Support'], 300),
  person('Zofia', 'zofia', 'member', ['Operations'], 2_900),
  person(
    'Farah Abdullah-Montgomery of the night desk and partner offices',
    'farah',
    'member',
    ['Operations'],
    900,
  ),
  person('Samira', 'samira', 'member', ['Sales'], 20_000),
  person('Noor', 'noor', 'member', ['Support'], null),
  person('Nuno', DEMO_GONE, 'member', ['Operations'], 13_000),
  person('Haruto', 'haruto', 'member', ['Operations'], null),
]
