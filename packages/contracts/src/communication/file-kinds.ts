/** What a shared file is to people. */
export const FILE_KINDS = ['document', 'picture', 'video', 'audio', 'voice'] as const
