/** What the newly arrived are shown. */
export const firstStepsWords = {
  firstSteps: {
    title: 'Welcome, {name}',
    hint: '{organisation} is ready. Two steps and it comes alive.',
    done: 'Done',
    hintMember: 'You are in {organisation} now.',
    invite: 'Invite your people',
    inviteHint: 'They get a link and choose their own password.',
    inviteDo: 'Invite people',
    hello: 'Say hello',
    helloHint: 'Open the list of people and write the first message.',
    helloDo: 'See people',
    dismiss: 'Hide these first steps',
  },
} as const
