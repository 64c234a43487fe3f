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
    picture: 'Photo',
    pictures: '{count} photos',
    video: 'Video',
    videos: '{count} videos',
    voice: 'Voice message, {duration}',
    audio: 'Audio',
    document: 'Document',
    file: 'File',
    files: '{count} files',
    testTitle: 'It works',
    testText: 'This device is told of new messages, also while Parley is closed.',
  },
} as const
