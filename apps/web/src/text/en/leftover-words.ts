/** What was written in chats that are not there any more. */
export const leftoverWords = {
  leftovers: {
    title: 'Not sent',
    why: 'You wrote this in a chat that you are not in any more. It was not sent, and only you can see it.',
    discard: 'Discard',
  },
} as const
