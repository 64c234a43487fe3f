import type { Communication } from '@parley/contracts/communication/communication'

/** For every member: each rule by name, so that nothing else that is stored rides along. */
export const presentCommunication = (rules: Communication): Communication => ({
  directChats: rules.directChats,
  groupCreation: rules.groupCreation,
  fileSharing: rules.fileSharing,
  fileKinds: [...rules.fileKinds],
  fileMaxBytes: rules.fileMaxBytes,
  fileQuotaBytes: rules.fileQuotaBytes,
  editWindow: rules.editWindow,
  deleteWindow: rules.deleteWindow,
  messageRetention: rules.messageRetention,
  fileRetention: rules.fileRetention,
  seenMarks: rules.seenMarks,
  lastSeenHiding: rules.lastSeenHiding,
  appearingOffline: rules.appearingOffline,
  linkPreviews: rules.linkPreviews,
  pushContent: rules.pushContent,
  chatExport: rules.chatExport,
})
