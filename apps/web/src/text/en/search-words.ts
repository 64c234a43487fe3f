/** The palette. */
export const searchWords = {
  search: {
    title: 'Find people and chats',
    placeholder: 'People, chats, actions',
    chats: 'Chats',
    people: 'People',
    actions: 'Actions',
    none: 'Nothing found for “{query}”',
    noneHint: 'Only people, chats and actions are found here; words inside messages cannot be searched yet.',
    move: '↑ ↓ move',
    open: '↵ open',
    esc: 'Esc',
    escLabel: 'Esc, close',
    newChat: 'Start a new chat',
    newGroup: 'Start a new group',
    directory: 'Open the list of people',
    invite: 'Invite people',
    settings: 'Open settings',
    appearance: 'Change the theme',
    results: '{count, plural, =0 {No results} one {# result} other {# results}}',
  },
} as const
