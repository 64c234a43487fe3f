/** What people are told of new messages: in the page, on the desktop and by the service worker. */
export const newsWords = {
  news: {
    region: 'New messages',
    open: 'Open the chat with {name}',
    inGroup: '{name}: {text}',
    several: '{name} ({count})',
    hidden: 'New message',
    hiddenSeveral: '{count} new messages',
    mentioned: 'You were mentioned',
    formerMember: 'Former member',
    photo: 'Photo',
    photos: '{count} photos',
    video: 'Video',
    media: '{count} photos and videos',
    manyFiles: '{count} files',
    voice: 'Voice message',
    voiceFor: 'Voice message, {duration}',
    testTitle: 'It works',
    testText: 'You are notified on this device, also while Parley is closed.',
  },
} as const
