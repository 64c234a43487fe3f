/** Where a chat is taken away from, as a zip file. `timeZone` is the reader's, for the times on the page. */
export function exportPath(
  conversationId: string,
  { timeZone, files }: { readonly timeZone: string; readonly files: boolean },
): string {
  const query = `timeZone=${encodeURIComponent(timeZone)}${files ? '&files=1' : ''}`
  return `/api/conversations/${conversationId}/export?${query}`
}
