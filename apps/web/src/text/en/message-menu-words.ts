/** What can be done with messages: said in their menu and in what it opens. */
export const messageMenuWords = {
  messageMenu: {
    edit: 'Edit',
    forward: 'Forward',
    forwardTitle: '{count, plural, one {Forward this message} other {Forward # messages}}',
    forwardFind: 'Find a chat',
    forwardChats: 'Chats',
    forwardNone: 'No chat found.',
    forwardDo: '{count, plural, =0 {Forward} one {Forward to # chat} other {Forward to # chats}}',
    forwarded: '{count, plural, one {Forwarded.} other {Forwarded to # chats.}}',
    pin: 'Pin',
    unpin: 'Unpin',
    pinned: 'Pinned message',
    pinnedOf: 'Pinned message {at} of {count}',
    select: 'Select',
    selection: 'Chosen messages',
    selected: '{count, plural, =0 {Choose messages} one {# message} other {# messages}}',
    stopSelecting: 'Stop choosing',
    copyAll: 'Copy text',
    allEmoji: 'All emoji',
    edits: 'Edit history',
    editsLead: 'Only admins see what a message said before.',
    reactions: 'Reactions',
    noReactions: 'Nobody has reacted.',
    takeBack: 'Take back',
    star: 'Star',
    unstar: 'Remove the star',
    hide: 'Delete for me',
    hideTitle:
      '{count, plural, one {Delete this message for yourself?} other {Delete # messages for yourself?}}',
    hideLead:
      '{count, plural, one {It vanishes from all your devices for good. The others keep it.} other {They vanish from all your devices for good. The others keep them.}}',
    delete: 'Delete for everyone',
    deleteTitle:
      '{count, plural, one {Delete this message for everyone?} other {Delete # messages for everyone?}}',
    deleteLead:
      '“This message was deleted” stays in {count, plural, one {its} other {their}} place. This cannot be undone.',
    editing: 'Edit message',
    noEditing: 'Your organisation does not let messages be edited.',
    editingMinutes:
      'Your organisation lets messages be edited for {count, plural, one {# minute} other {# minutes}} only.',
    editingHours:
      'Your organisation lets messages be edited for {count, plural, one {# hour} other {# hours}} only.',
    editingDays:
      'Your organisation lets messages be edited for {count, plural, one {# day} other {# days}} only.',
    notSaved: 'The change could not be kept on this device.',
    stopReply: 'Do not answer this',
    stopEdit: 'Leave it as it was',
    save: 'Save the change',
  },
} as const
