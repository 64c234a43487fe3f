/** What can be done with messages: said in their menu and in what it opens. */
export const messageMenuWords = {
  messageMenu: {
    edit: 'Edit',
    editing: 'Edit message',
    notSaved: 'The change could not be kept on this device.',
    stopReply: 'Do not answer this',
    stopEdit: 'Leave it as it was',
    save: 'Save the change',
  },
} as const
